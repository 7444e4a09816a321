"""Reports saved as web pages: the article is found, what the site put around it is set apart."""

from documents.readers.html.mhtml import read_mhtml
from documents.readers.html.page import read_html

__all__ = ["read_html", "read_mhtml"]
