//! The forms of members in XML, which those in queries follow.

use super::Member;

/// The form of a member in XML, as far as it is not Smithy's default: `smithy.api#xmlName` and the traits beside it.
///
/// Lists and maps have no tables of their own, so that the form of a member has those of the elements, keys and values in it.
#[derive(Clone, Copy, Debug)]
pub struct Xml {
    pub(crate) name: Option<&'static str>,
    pub(crate) query_name: Option<&'static str>,
    pub(crate) is_attribute: bool,
    pub(crate) is_flattened: bool,
    pub(crate) namespace: Option<Namespace>,
    pub(crate) key: Option<&'static Self>,
    pub(crate) element: Option<&'static Self>,
}

/// A namespace, and the prefix that stands for it: `smithy.api#xmlNamespace`.
#[derive(Clone, Copy, Debug)]
pub(crate) struct Namespace {
    pub(crate) uri: &'static str,
    pub(crate) prefix: Option<&'static str>,
}

impl Xml {
    /// The default: the name of the member, an element of its own, with elements inside for those of a list or the entries of a map.
    pub const DEFAULT: Self = Self {
        name: None,
        query_name: None,
        is_attribute: false,
        is_flattened: false,
        namespace: None,
        key: None,
        element: None,
    };

    /// Sets the name: `smithy.api#xmlName`.
    #[must_use]
    pub const fn name(mut self, name: &'static str) -> Self {
        self.name = Some(name);
        self
    }

    /// Sets the name in queries of EC2: `aws.protocols#ec2QueryName`.
    #[must_use]
    pub const fn query_name(mut self, name: &'static str) -> Self {
        self.query_name = Some(name);
        self
    }

    /// Makes it an attribute of the element that the structure is: `smithy.api#xmlAttribute`.
    #[must_use]
    pub const fn attribute(mut self) -> Self {
        self.is_attribute = true;
        self
    }

    /// Puts the elements of the list, or the entries of the map, in the place of the member: `smithy.api#xmlFlattened`.
    #[must_use]
    pub const fn flattened(mut self) -> Self {
        self.is_flattened = true;
        self
    }

    /// Declares a default namespace: `smithy.api#xmlNamespace`.
    #[must_use]
    pub const fn namespace(mut self, uri: &'static str) -> Self {
        self.namespace = Some(Namespace { uri, prefix: None });
        self
    }

    /// Declares a prefix for a namespace: `smithy.api#xmlNamespace`.
    #[must_use]
    pub const fn prefix(mut self, prefix: &'static str, uri: &'static str) -> Self {
        let prefix = Some(prefix);
        self.namespace = Some(Namespace { uri, prefix });
        self
    }

    /// Sets the form of the keys of a map.
    #[must_use]
    pub const fn key(mut self, key: &'static Self) -> Self {
        self.key = Some(key);
        self
    }

    /// Sets the form of the values of a map.
    #[must_use]
    pub const fn value(self, value: &'static Self) -> Self {
        self.element(value)
    }

    /// Sets the form of the elements of a list.
    #[must_use]
    pub const fn element(mut self, element: &'static Self) -> Self {
        self.element = Some(element);
        self
    }

    /// Returns the form of the elements of a list, or of the values of a map.
    pub(crate) fn of_elements(&self) -> &'static Self {
        self.element.unwrap_or(const { &Self::DEFAULT })
    }

    /// Returns the form of the keys of a map.
    pub(crate) fn of_keys(&self) -> &'static Self {
        self.key.unwrap_or(const { &Self::DEFAULT })
    }
}

impl Member {
    /// Sets its form in XML.
    #[must_use]
    pub const fn xml(self, xml: &'static Xml) -> Self {
        Self {
            xml: Some(xml),
            ..self
        }
    }

    /// Returns its form in XML.
    #[inline]
    pub(crate) fn form(&self) -> &'static Xml {
        self.xml.unwrap_or(const { &Xml::DEFAULT })
    }

    /// Returns its name in XML.
    #[inline]
    pub(crate) fn xml_name(&self) -> &'static str {
        match self.xml {
            Some(Xml {
                name: Some(name), ..
            }) => name,
            _ => self.name,
        }
    }

    /// Finds the element of this name, and its index, as [`find_from`](Self::find_from) does.
    #[inline]
    pub(crate) fn find_element<'a>(
        members: &'a [Self],
        from: usize,
        name: &[u8],
    ) -> Option<(usize, &'a Self)> {
        Self::find_by(members, from, |member| {
            member.xml_name().as_bytes() == name && !member.form().is_attribute
        })
    }
}

/// The form of a member in XML, as tables of members have it: its name, if that is another than the model's, and the rest by the words
/// of the methods of [`Xml`](crate::schema::Xml).
///
/// ```
/// # use smithy_rt::schema::Xml;
/// const TAGS: &Xml = smithy_rt::xml!("Tag", flattened, key("K", prefix("k", "https://example.com/k")), value("V"));
/// ```
#[macro_export]
macro_rules! xml {
    ($($form:tt)*) => {
        const { &$crate::__xml_form!([$crate::schema::Xml::DEFAULT] $($form)*) }
    };
}

#[doc(hidden)]
#[macro_export]
macro_rules! __xml_form {
    ([$($xml:tt)*]) => {
        $($xml)*
    };
    ([$($xml:tt)*] $name:literal $(, $($rest:tt)*)?) => {
        $crate::__xml_form!([$($xml)*.name($name)] $($($rest)*)?)
    };
    ([$($xml:tt)*] prefix($($prefix:literal),* $(,)?) $(, $($rest:tt)*)?) => {
        $crate::__xml_form!([$($xml)*.prefix($($prefix),*)] $($($rest)*)?)
    };
    ([$($xml:tt)*] $inner:ident($($form:tt)*) $(, $($rest:tt)*)?) => {
        $crate::__xml_form!([$($xml)*.$inner($crate::__xml_argument!($inner $($form)*))] $($($rest)*)?)
    };
    ([$($xml:tt)*] $flag:ident $(, $($rest:tt)*)?) => {
        $crate::__xml_form!([$($xml)*.$flag()] $($($rest)*)?)
    };
}

/// The text in the brackets behind a word.
#[doc(hidden)]
#[macro_export]
macro_rules! __xml_argument {
    (namespace $uri:literal $(,)?) => {
        $uri
    };
    (query_name $name:literal $(,)?) => {
        $name
    };
    ($inner:ident $($form:tt)*) => {
        $crate::xml!($($form)*)
    };
}
