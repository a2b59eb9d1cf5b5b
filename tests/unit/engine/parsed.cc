// Nothing: the target is there for parsed.h.
