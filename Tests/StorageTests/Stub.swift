// filled by the merge of storage
