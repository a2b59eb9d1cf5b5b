"""README's C++ sample with the client library."""

from foreign import BIN, try_sample

try_sample([BIN / "readme_report"], "C++ (client library)")
