//! `smithy-codegen codegen` as its users run it.

#[cfg(unix)]
mod file_system;
mod idl;
#[cfg(unix)]
mod interrupted;
mod many_models;
#[cfg(unix)]
mod models_gone;
mod one_model;
#[cfg(unix)]
mod pipes;
#[cfg(unix)]
mod programs;
mod support;
#[cfg(unix)]
mod surroundings;
