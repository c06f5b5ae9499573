"""One base error; its subclasses say what the caller can do next.

Every message is one line that names the file, the row or the option, quotes the value with
``!r`` and says what to do: commands print it as it is and exit with code 1.
"""


class AtlasError(Exception):
    """Something that the user can mend; the message says how."""


class InputError(AtlasError, ValueError):
    """The given file, text or value cannot be read as what it should be."""


class UnfinishedImportError(InputError):
    """An earlier import of the data set was stopped: read its file again, or take it back."""


class StoreError(AtlasError, OSError):
    """The store cannot be opened, read or written."""


class StoreLockedError(StoreError):
    """Another program holds the store: try again when it is done."""


class StoreReadOnlyError(StoreError, PermissionError):
    """The store was opened for reading, or the file may not be written."""


class NotOurStoreError(StoreError):
    """The file is not an Incident Atlas project, or it is damaged."""


class MissingPartError(AtlasError, RuntimeError):
    """An optional part, a data file or a program is absent: the message says how to get it."""
