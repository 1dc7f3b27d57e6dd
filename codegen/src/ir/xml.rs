//! The forms of members in XML.

/// The form of a member in XML, and in the names of queries. What is left out is Smithy's default.
#[derive(Clone, Debug, Default, Eq, PartialEq)]
pub struct Xml {
    /// The name.
    pub name: Option<String>,
    /// The name in queries of EC2.
    pub query_name: Option<String>,
    /// `true` if it is an attribute.
    pub attribute: bool,
    /// `true` if the elements of the list, or the entries of the map, take its place.
    pub flattened: bool,
    /// The namespace that it declares.
    pub namespace: Option<XmlNamespace>,
    /// The forms of the values in it.
    pub inner: XmlInner,
}

/// The forms of the values in a list or map.
#[derive(Clone, Debug, Default, Eq, PartialEq)]
pub enum XmlInner {
    /// There are none.
    #[default]
    None,
    /// That of the elements of a list.
    List(Box<Xml>),
    /// Those of the keys and the values of a map.
    Map(Box<(Xml, Xml)>),
}

/// A namespace: `smithy.api#xmlNamespace`.
#[derive(Clone, Debug, Eq, PartialEq)]
pub struct XmlNamespace {
    /// The namespace.
    pub uri: String,
    /// The prefix that stands for it. Without one, it is the default.
    pub prefix: Option<String>,
}

impl Xml {
    /// Returns `true` if nothing of it has to be said.
    pub fn is_default(&self) -> bool {
        let has_default = match &self.inner {
            XmlInner::None => true,
            XmlInner::List(element) => element.is_default(),
            XmlInner::Map(map) => map.0.is_default() && map.1.is_default(),
        };
        let inner = XmlInner::None;
        has_default
            && Self {
                inner,
                ..self.clone()
            } == Self::default()
    }
}
