//! Tests of whole models: those that are right, those that are not, and those that AWS publishes.

mod linking;
mod malformed;
mod published;
