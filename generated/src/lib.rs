//! A client for AWS HealthLake.
