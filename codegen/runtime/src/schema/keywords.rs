//! Keywords as they stand in documentation.

/// The name of a member without `r#`, which links in documentation cannot have.
#[doc(hidden)]
#[macro_export]
macro_rules! __plain {
    (r#abstract) => {
        "abstract"
    };
    (r#as) => {
        "as"
    };
    (r#async) => {
        "async"
    };
    (r#await) => {
        "await"
    };
    (r#become) => {
        "become"
    };
    (r#box) => {
        "box"
    };
    (r#break) => {
        "break"
    };
    (r#const) => {
        "const"
    };
    (r#continue) => {
        "continue"
    };
    (r#do) => {
        "do"
    };
    (r#dyn) => {
        "dyn"
    };
    (r#else) => {
        "else"
    };
    (r#enum) => {
        "enum"
    };
    (r#extern) => {
        "extern"
    };
    (r#false) => {
        "false"
    };
    (r#final) => {
        "final"
    };
    (r#fn) => {
        "fn"
    };
    (r#for) => {
        "for"
    };
    (r#gen) => {
        "gen"
    };
    (r#if) => {
        "if"
    };
    (r#impl) => {
        "impl"
    };
    (r#in) => {
        "in"
    };
    (r#let) => {
        "let"
    };
    (r#loop) => {
        "loop"
    };
    (r#macro) => {
        "macro"
    };
    (r#match) => {
        "match"
    };
    (r#mod) => {
        "mod"
    };
    (r#move) => {
        "move"
    };
    (r#mut) => {
        "mut"
    };
    (r#override) => {
        "override"
    };
    (r#priv) => {
        "priv"
    };
    (r#pub) => {
        "pub"
    };
    (r#ref) => {
        "ref"
    };
    (r#return) => {
        "return"
    };
    (r#static) => {
        "static"
    };
    (r#struct) => {
        "struct"
    };
    (r#trait) => {
        "trait"
    };
    (r#true) => {
        "true"
    };
    (r#try) => {
        "try"
    };
    (r#type) => {
        "type"
    };
    (r#typeof) => {
        "typeof"
    };
    (r#unsafe) => {
        "unsafe"
    };
    (r#unsized) => {
        "unsized"
    };
    (r#use) => {
        "use"
    };
    (r#virtual) => {
        "virtual"
    };
    (r#where) => {
        "where"
    };
    (r#while) => {
        "while"
    };
    (r#yield) => {
        "yield"
    };
    ($field:ident) => {
        ::core::stringify!($field)
    };
}
