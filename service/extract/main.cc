// attain-extract: a document on standard input, an ExtractResult on standard output.
int main() { return 0; }
