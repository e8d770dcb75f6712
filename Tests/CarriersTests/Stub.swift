// Carriers
