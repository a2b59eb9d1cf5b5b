"""scripts/lint on a small house of its own: silent as it stands, and each planted fault is refused by name."""
import os
import shutil
import subprocess
import tempfile
import unittest

SOURCE = os.path.join(os.path.dirname(os.path.abspath(__file__)), '..', '..', '..')

HOUSE = {
    'cmake/Layers.cmake': 'set(COMMON "proto")\n'
                          'set(ATTAIN_ARROWS_proto "")\n'
                          'set(ATTAIN_ARROWS_low "${COMMON}")\n'
                          'set(ATTAIN_ARROWS_high "${COMMON};low")\n',
    'proto/CMakeLists.txt': 'set(messages\n  attain/v1/unit.proto)\n'
                            'attain_proto_library(attain_proto ROOT ${X} MESSAGES ${messages})\n'
                            'attain_proto_library(attain_secret_proto ROOT ${X} MESSAGES attain/secret.proto)\n',
    'service/low/CMakeLists.txt': 'attain_library(low SOURCES low.cc)\n',
    'service/low/low.h': '#include "attain/v1/unit.pb.h"\n\nint Low();\n',
    'service/low/low.cc': '#include "service/low/low.h"\n\nint Low() { return 1; }\n',
    'service/low/part/part.h': 'int Part();\n',
    'service/high/CMakeLists.txt': 'attain_library(high SOURCES high.cc)\n',
    'service/high/high.h': 'int High();\n',
    'service/high/high.cc': '#include "service/high/high.h"\n\n#include "service/low/low.h"\n#include "service/low/part/part.h"\n\n'
                            'int High() { return Low() + Part(); }\n',
    'tests/CMakeLists.txt': 'attain_test(low_test SOURCES low_test.cc)\n',
    'tests/low_test.cc': '#include "service/low/low.h"\n',
}


def function_of(lines, head='int Long() {', tail='}\n', indent='  '):
    """A function of so many lines from its signature to its closing brace."""
    return '\n'.join([head] + [f'{indent}Call({i});' for i in range(lines - 2)] + [tail])


class LintTest(unittest.TestCase):
    def setUp(self):
        self.root = tempfile.mkdtemp(prefix='attain_lint_')
        self.addCleanup(shutil.rmtree, self.root)
        self.written = []
        for path, text in HOUSE.items():
            self.write(path, text)
        os.makedirs(os.path.join(self.root, 'scripts'))
        for name in ('scripts/lint', 'scripts/structure.py', '.clang-format'):
            shutil.copy(os.path.join(SOURCE, name), os.path.join(self.root, name))
        subprocess.run(['git', 'init', '-q', '.'], cwd=self.root, check=True)

    def write(self, path, text):
        if path.endswith(('.h', '.cc')):
            self.written.append(path)
        path = os.path.join(self.root, path)
        os.makedirs(os.path.dirname(path), exist_ok=True)
        with open(path, 'w', encoding='utf-8') as file:
            file.write(text)

    def run_script(self, *command, **environment):
        run = subprocess.run(command, cwd=self.root, env={**os.environ, **environment}, text=True,
                             stdout=subprocess.PIPE, stderr=subprocess.STDOUT, check=False)
        return run.returncode, run.stdout

    def structure(self):
        return self.run_script('scripts/structure.py')

    def lint(self, **environment):
        subprocess.run(['git', 'add', '-A'], cwd=self.root, check=True)
        return self.run_script('scripts/lint', **environment)

    def put_in_form(self):
        subprocess.run(['clang-format', '-i', *self.written], cwd=self.root, check=True)

    def refused(self, *words, by=None):
        code, told = by or self.structure()
        self.assertEqual(code, 1, told)
        for word in words:
            self.assertIn(word, told)
        self.assertIn('->', told)  # the cure
        return told

    def accepted(self):
        self.assertEqual(self.structure(), (0, ''))

    def test_silent_when_all_is_well(self):
        self.put_in_form()
        self.assertEqual(self.lint(), (0, ''))

    def test_unformatted_file(self):
        self.write('tests/low_test.cc', 'int  Two( );\n')
        self.refused('tests/low_test.cc:1:', 'clang-format -i', by=self.lint())

    def test_asio_and_beast_outside_of_their_room(self):
        for header in ('boost/asio.hpp', 'boost/beast/http.hpp'):
            self.write('service/low/low.cc', f'#include <{header}>\n')
            self.refused('service/low/low.cc:1:', 'only the sources of service/http name Asio and Beast', by=self.lint())

    def test_missing_formatter_is_told(self):
        self.refused('no-such-formatter is not clang-format 14', by=self.lint(CLANG_FORMAT='no-such-formatter'))

    def test_include_against_the_arrows(self):
        self.write('service/low/low.cc', '#include "service/low/low.h"\n\n#include "service/high/high.h"\n\nint Low() { return High(); }\n')
        self.refused('service/low/low.cc:3: low may not include "service/high/high.h" of high')

    def test_include_in_a_folder_of_a_room(self):
        self.write('service/low/part/part.h', '#include "service/high/high.h"\n')
        self.refused('service/low/part/part.h:1: low may not include')

    def test_made_header_against_the_arrows(self):
        self.write('service/low/low.h', '#include "attain/secret.grpc.pb.h"\n')
        self.refused('low may not include "attain/secret.grpc.pb.h" of secret_proto')

    def test_made_header_of_nobody(self):
        self.write('service/low/low.h', '#include "attain/v1/gone.pb.h"\n')
        self.refused('"attain/v1/gone.pb.h" belongs to no room')

    def test_room_without_a_row(self):
        self.write('service/new/CMakeLists.txt', 'attain_library(new SOURCES new.cc)\n')
        self.write('service/new/new.h', 'int New();\n')
        self.refused('service/new/new.h: room new has no row')

    def test_source_in_no_room(self):
        self.write('service/lost/lost.h', 'int Lost();\n')
        self.refused('service/lost/lost.h: lies in no room')

    def test_circle_of_files_through_sources(self):
        self.write('service/low/one.cc', '#include "service/low/two.h"\n')
        self.write('service/low/one.h', '')
        self.write('service/low/two.cc', '#include "service/low/one.h"\n')
        self.write('service/low/two.h', '')
        self.refused('circle of files: service/low/one service/low/two')

    def test_circle_of_folders(self):
        self.write('service/low/part/part.h', '#include "service/low/other.h"\n')
        self.write('service/low/other.h', 'int Other();\n')
        self.write('service/low/low.cc', '#include "service/low/part/part.h"\n')
        told = self.refused('circle of folders: service/low -> service/low/part (service/low/low.cc:1)')
        self.assertNotIn('circle of files', told)

    def test_lint_has_the_structure_checked(self):
        self.write('service/low/low.h', '#include "attain/v1/gone.pb.h"\n')
        self.refused('"attain/v1/gone.pb.h" belongs to no room', by=self.lint())

    def test_full_folder(self):
        for i in range(37):
            self.write(f'service/low/many{i}.h', f'int Many{i}();\n')
        self.write('service/low/last.h', 'int Last();\n')  # with low.h and low.cc: 40
        self.accepted()
        self.write('service/low/more.h', 'int More();\n')
        self.refused('service/low: 41 sources')

    def test_long_function(self):
        for head in ('int Long() {', 'template <typename T>\nstatic T Class::Long(int x) const {',
                     'Class::Class(int x) : a_(x), b_{1, 2} {', 'bool Class::operator==(const Class& other) const {',
                     'int Long(const Row& row = {}) {',
                     'const auto kLong = [](int x) {'):
            tail = '};\n' if head.startswith('const') else '}\n'
            kept = 61 - head.count('\n')
            self.write('service/low/low.cc', function_of(kept - 1, head, tail))
            self.accepted()
            self.write('service/low/low.cc', function_of(kept, head, tail))
            self.refused('service/low/low.cc:1: a function of 61 lines')

    def test_long_function_in_a_class(self):
        inner = function_of(61, '  void Long() {', '  }', indent='    ')
        self.write('service/low/low.h', f'namespace a {{\nclass B final : public C<int> {{\n public:\n{inner}\n}};\n}}  // namespace a\n')
        self.refused('service/low/low.h:4: a function of 61 lines')

    def test_braces_in_texts_are_no_braces(self):
        body = "const char* kText = R\"x({ { {)x\";\nchar Open() { return '{'; }  // {\n" + '\n'.join(f'int F{i}() {{ return 0; }}' for i in range(70))
        self.write('service/low/low.cc', body + '\n')
        self.accepted()

    def test_long_data_is_no_function(self):
        rows = '\n'.join(f'    {{{i}, "a row of data that is long enough for a line of its own"}},' for i in range(80))
        self.write('service/low/low.cc', f'const Row kRows[] = {{\n{rows}\n}};\n')
        self.accepted()

    def test_unregistered_test(self):
        self.write('tests/new_test.cc', 'int New();\n')
        self.refused('tests/new_test.cc is named by no CMakeLists.txt', by=self.lint())

    def test_maps_in_messages(self):
        self.write('proto/attain/v1/unit.proto', 'message Unit {\n  map<string, string> words = 1;\n}\n')
        self.refused('proto/attain/v1/unit.proto:2:', 'use a list of messages', by=self.lint())

    def test_banned_words(self):
        self.write('service/low/low.cc', 'using namespace std;\n')
        self.refused('service/low/low.cc:1:', 'name what you use', by=self.lint())


if __name__ == '__main__':
    unittest.main()
