"""What a site's own server signs about its logged-in customer: a JWT, HS256."""

import base64
import hashlib
import hmac
import json
import time
import uuid

from gateway import IDENTITY_SECRET


def _text(value):
    return base64.urlsafe_b64encode(value).rstrip(b"=").decode()


def proof(subject, secret=IDENTITY_SECRET, algorithm="HS256", life=600, **claims):
    now = int(time.time())
    body = {"sub": subject, "aud": "pk_demo", "iat": now, "exp": now + life, "jti": uuid.uuid4().hex, **claims}
    head = _text(json.dumps({"alg": algorithm, "typ": "JWT"}).encode()) + "." + _text(json.dumps(body).encode())
    return head + "." + _text(hmac.new(secret.encode(), head.encode(), hashlib.sha256).digest())
