//! Pages: calling an operation once for each page, as `smithy.api#paginated` says.
//!
//! A generated function makes a [`Paginator`] of a request and of a [`PrepareNext`], a function that puts the token of a response
//! into the request for the next page, with [`Tokens::advance`]. The part that depends on the operation is behind a trait object, so
//! that it is compiled with the generated crate.

use std::fmt;
use std::future::{Future, IntoFuture};
use std::hash::{DefaultHasher, Hash, Hasher};
use std::pin::Pin;
use std::task::{Context, Poll, ready};

use futures_core::Stream;
use serde_core::Serialize;

use crate::error::polling::{PollingError, PollingErrorKind};
use crate::{Call, CallFuture, Client, Failure, Operation};

/// The tokens of the pages so far, as fingerprints in order: tokens may be long, and there may be many.
#[derive(Debug, Default)]
pub struct Tokens(Vec<u64>);

/// The result of looking for another page.
#[derive(Clone, Copy, Debug, Eq, PartialEq)]
pub enum Next {
    /// The request is now one for the next page.
    Page,
    /// This was the last page.
    End,
    /// The next page would be one that has been there before.
    Repeated,
}

impl Tokens {
    /// Puts the token for the next page into the request. A token that comes back would make the pages go round in circles, so all of
    /// them are remembered, the first request's own included.
    pub fn advance<T: Serialize>(&mut self, current: &mut Option<T>, next: Option<T>) -> Next {
        let Some(next) = next else { return Next::End };
        if let Some(current) = current {
            self.add(fingerprint(current));
        }
        if !self.add(fingerprint(&next)) {
            return Next::Repeated;
        }
        *current = Some(next);
        Next::Page
    }

    /// Adds a token. Returns `true` if it is new. Not generic, so that it is compiled here.
    fn add(&mut self, fingerprint: Option<u64>) -> bool {
        let Some(fingerprint) = fingerprint else {
            return true;
        };
        match self.0.binary_search(&fingerprint) {
            Ok(_) => false,
            Err(place) => {
                self.0.insert(place, fingerprint);
                true
            }
        }
    }
}

/// Returns the hash of a token. Equal maps have the same, in whatever order their entries come.
fn fingerprint<T: Serialize>(token: &T) -> Option<u64> {
    let mut token = serde_json::to_value(token).ok()?;
    // Objects keep the order of their entries if some crate in the build turns `preserve_order` on.
    token.sort_all_objects();
    let mut hasher = DefaultHasher::new();
    token.to_string().hash(&mut hasher);
    Some(hasher.finish())
}

/// A function that turns the request for a page into the request for the next one.
pub type PrepareNext<O> =
    fn(&mut <O as Operation>::Request, &<O as Operation>::Response, &mut Tokens) -> Next;

/// The pages of a list, each of them the response to a call.
///
/// It is a [`Stream`], and [`next`](Self::next) is there for code that has nothing else to do with streams. Nothing is sent before
/// the first page is polled. After an error there are no more pages.
#[must_use = "pages are only requested when they are polled"]
pub struct Paginator<T, F> {
    source: Box<dyn Source<T, F> + Send>,
    call: Option<CallFuture<T, F>>,
    /// The error that follows the last page.
    failed: Option<F>,
    is_over: bool,
}

/// A response with items, as the model names them.
pub trait Page {
    /// The type of the items.
    type Item;

    /// Returns the items of the page, in order.
    fn into_items(self) -> Vec<Self::Item>;
}

impl<T, F> Paginator<T, F> {
    /// Returns the next page, or `None` after the last one.
    #[allow(clippy::should_implement_trait)] // It is to be awaited, as that of streams.
    pub fn next(&mut self) -> NextInStream<'_, Self> {
        NextInStream(self)
    }
}

impl<T: Page, F> Paginator<T, F> {
    /// Returns the items of all pages, one by one.
    pub fn items(self) -> Items<T, F> {
        Items {
            pages: self,
            items: Vec::new().into_iter(),
        }
    }
}

// What generated code calls comes last, so that the page of the type begins with what users call.
impl<T, F> Paginator<T, F> {
    /// Creates the pages of the operation `O`, beginning with the one that the request is for.
    pub fn of<O>(client: &Client, request: O::Request, prepare_next: PrepareNext<O>) -> Self
    where
        O: Operation<Response = T>,
        O::Request: Clone + Send,
        F: From<Failure<O::Error>>,
    {
        Self {
            source: Box::new(Requests::<O> {
                client: client.clone(),
                request,
                prepare_next,
                tokens: Tokens::default(),
            }),
            call: None,
            failed: None,
            is_over: false,
        }
    }
}

// Nothing in it is pinned: the call is in a box.
impl<T, F> Unpin for Paginator<T, F> {}

impl<T, F> Stream for Paginator<T, F> {
    type Item = Result<T, F>;

    fn poll_next(mut self: Pin<&mut Self>, context: &mut Context<'_>) -> Poll<Option<Self::Item>> {
        let pages = &mut *self;
        if pages.is_over {
            return Poll::Ready(pages.failed.take().map(Err));
        }
        let source = &pages.source;
        let call = pages.call.get_or_insert_with(|| source.call());
        let result = ready!(Pin::new(call).poll(context));
        pages.call = None;
        match result.as_ref().map(|page| pages.source.advance(page)) {
            Ok(Ok(is_last)) => pages.is_over = is_last,
            Ok(Err(error)) => (pages.is_over, pages.failed) = (true, Some(error)),
            Err(_) => pages.is_over = true,
        }
        Poll::Ready(Some(result))
    }
}

impl<T, F> fmt::Debug for Paginator<T, F> {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.debug_struct("Paginator")
            .field("is_over", &self.is_over)
            .finish_non_exhaustive()
    }
}

/// The items of all pages, one by one.
#[must_use = "items are only requested when they are polled"]
pub struct Items<T: Page, F> {
    pages: Paginator<T, F>,
    items: std::vec::IntoIter<T::Item>,
}

impl<T: Page, F> Items<T, F> {
    /// Returns the next item, or `None` after the last one.
    #[allow(clippy::should_implement_trait)] // It is to be awaited, as that of streams.
    pub fn next(&mut self) -> NextInStream<'_, Self> {
        NextInStream(self)
    }
}

impl<T: Page, F> Unpin for Items<T, F> {}

impl<T: Page, F> Stream for Items<T, F> {
    type Item = Result<T::Item, F>;

    fn poll_next(mut self: Pin<&mut Self>, context: &mut Context<'_>) -> Poll<Option<Self::Item>> {
        loop {
            if let Some(item) = self.items.next() {
                return Poll::Ready(Some(Ok(item)));
            }
            match ready!(Pin::new(&mut self.pages).poll_next(context)) {
                Some(Ok(page)) => self.items = page.into_items().into_iter(),
                Some(Err(error)) => return Poll::Ready(Some(Err(error))),
                None => return Poll::Ready(None),
            }
        }
    }
}

impl<T: Page, F> fmt::Debug for Items<T, F> {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.debug_struct("Items")
            .field("pages", &self.pages)
            .field("ready", &self.items.len())
            .finish_non_exhaustive()
    }
}

/// The future of `next` of [`Paginator`] and [`Items`].
#[must_use = "a future does nothing until it is awaited"]
#[derive(Debug)]
pub struct NextInStream<'a, S>(&'a mut S);

impl<S: Stream + Unpin> Future for NextInStream<'_, S> {
    type Output = Option<S::Item>;

    fn poll(mut self: Pin<&mut Self>, context: &mut Context<'_>) -> Poll<Self::Output> {
        Pin::new(&mut *self.0).poll_next(context)
    }
}

/// The part of a paginator that depends on the operation.
trait Source<T, F> {
    /// Sends the request for the next page.
    fn call(&self) -> CallFuture<T, F>;
    /// Prepares the request for the page after this one. Returns `true` if this was the last.
    fn advance(&mut self, page: &T) -> Result<bool, F>;
}

struct Requests<O: Operation> {
    client: Client,
    request: O::Request,
    prepare_next: PrepareNext<O>,
    tokens: Tokens,
}

impl<O, F> Source<O::Response, F> for Requests<O>
where
    O: Operation,
    O::Request: Clone,
    F: From<Failure<O::Error>>,
{
    fn call(&self) -> CallFuture<O::Response, F> {
        Call::of::<O>(&self.client, self.request.clone()).into_future()
    }

    fn advance(&mut self, page: &O::Response) -> Result<bool, F> {
        match (self.prepare_next)(&mut self.request, page, &mut self.tokens) {
            Next::Page => Ok(false),
            Next::End => Ok(true),
            Next::Repeated => {
                let operation = O::SCHEMA.name();
                let error = PollingError::new(operation, PollingErrorKind::TokenRepeated);
                Err(F::from(Failure::from_polling_error(operation, error)))
            }
        }
    }
}
