// Debian's librocksdb is not built for ThreadSanitizer: its atomics are not seen, so what it publishes
// through them looks like a race. Linked into test programs that use it; what the code of this repository
// does by itself is still checked.
extern "C" const char* __tsan_default_suppressions() {
  return "race:librocksdb.so\n"
         "race:rocksdb::\n";
}
