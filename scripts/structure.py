#!/usr/bin/env python3
"""The structure of the house: who includes whom, how full a folder is, how long a function is.

  scripts/structure.py [CHECK]… [--root DIR]      CHECK: arrows circles folders functions; default: all

Prints each violation with its cure and exits with 1; no output and exit 0 when all is well. Needs Python 3.9 and nothing
else. It reads the files as they lie in the working tree, so it also sees what git does not know yet.

  arrows     every #include "…" against cmake/Layers.cmake, headers made from .proto files as well
  circles    modules (a header with its .cc) and folders that include each other in a circle
  folders    more than 40 production sources (.h and .cc) in one folder
  functions  longer than 60 lines, from the first line of the signature to the closing brace
"""
import argparse
import os
import re
import sys

MAX_SOURCES = 40
MAX_LINES = 60
PRODUCTION = ('common', 'proofs', 'service', 'storage', 'clients')

INCLUDE = re.compile(r'^\s*#\s*include\s+"([^"]+)"')


class Tree:
    """The sources below a root and the rooms that they belong to."""

    def __init__(self, root):
        self.root = root
        self.files = sorted(self._walk(PRODUCTION, ('.cc', '.h')))
        self.texts = {path: self.read(path) for path in self.files}
        self.rooms = self._rooms()      # folder -> room
        self.protos = self._protos()    # proto file without its ending -> room

    def read(self, path):
        with open(os.path.join(self.root, path), encoding='utf-8') as file:
            return file.read()

    def _walk(self, tops, endings):
        for top in tops:
            for folder, _, names in os.walk(os.path.join(self.root, top)):
                for name in names:
                    if name.endswith(endings):
                        yield os.path.relpath(os.path.join(folder, name), self.root)

    def _rooms(self):
        rooms = {}
        for path in self._walk(PRODUCTION, ('CMakeLists.txt',)):
            for room in re.findall(r'^\s*attain_library\((\w+)', self.read(path), re.M):
                rooms[os.path.dirname(path)] = room
        return rooms

    def _protos(self):
        protos = {}
        path = 'proto/CMakeLists.txt'
        if not os.path.exists(os.path.join(self.root, path)):
            return protos
        text = self.read(path)
        lists = dict(re.findall(r'^set\((\w+)\s([^)]*)\)', text, re.M))
        for name, arguments in re.findall(r'^attain_proto_library\(attain_(\w+)\s([^)]*)\)', text, re.M):
            arguments = re.sub(r'\$\{(\w+)\}', lambda match: lists.get(match[1], ''), arguments)
            for proto in re.findall(r'(\S+)\.proto\b', arguments):
                protos[proto] = name
        return protos

    def room_of(self, path):
        """The room of a file: that of the nearest folder above it which makes a library."""
        folder = os.path.dirname(path)
        while folder and folder not in self.rooms:
            folder = os.path.dirname(folder)
        return self.rooms.get(folder)

    def room_of_include(self, name):
        made = re.match(r'(.+?)(?:\.grpc)?\.pb\.h$', name)
        return self.protos.get(made[1]) if made else self.room_of(name)

    def includes(self, path):
        for number, line in enumerate(self.texts[path].splitlines(), 1):
            match = INCLUDE.match(line)
            if match:
                yield number, match[1]

    def arrows(self):
        """Room -> the rooms that it may use, from cmake/Layers.cmake."""
        values = {}
        for name, value in re.findall(r'^set\((\w+)\s+"([^"]*)"\)', self.read('cmake/Layers.cmake'), re.M):
            values[name] = re.sub(r'\$\{(\w+)\}', lambda match: values.get(match[1], ''), value)
        prefix = 'ATTAIN_ARROWS_'
        return {name[len(prefix):]: set(filter(None, value.split(';')))
                for name, value in values.items() if name.startswith(prefix)}


def check_arrows(tree):
    arrows = tree.arrows()
    for path in tree.files:
        room = tree.room_of(path)
        if room is None:
            yield f'{path}: lies in no room -> add it to an attain_library'
            continue
        if room not in arrows:
            yield f'{path}: room {room} has no row in cmake/Layers.cmake -> add ATTAIN_ARROWS_{room}'
            continue
        for line, name in tree.includes(path):
            other = tree.room_of_include(name)
            local = name.split('/')[0] in PRODUCTION or name.startswith('attain/')
            if other is None and local:
                yield f'{path}:{line}: "{name}" belongs to no room -> name it in a CMakeLists.txt'
            elif other not in (None, room) and other not in arrows[room]:
                yield (f'{path}:{line}: {room} may not include "{name}" of {other} (cmake/Layers.cmake) -> move the '
                       'code to the room it belongs to instead of adding an arrow')


def circles_of(graph):
    """Strongly connected parts of more than one node, by Tarjan's algorithm without recursion."""
    order, low, on_stack, stack, found = {}, {}, set(), [], []
    for start in sorted(graph):
        if start in order:
            continue
        work = [(start, iter(sorted(graph[start])))]
        order[start] = low[start] = len(order)
        stack.append(start)
        on_stack.add(start)
        while work:
            node, rest = work[-1]
            for other in rest:
                if other not in order:
                    order[other] = low[other] = len(order)
                    stack.append(other)
                    on_stack.add(other)
                    work.append((other, iter(sorted(graph[other]))))
                    break
                if other in on_stack:
                    low[node] = min(low[node], order[other])
            else:
                work.pop()
                if work:
                    low[work[-1][0]] = min(low[work[-1][0]], low[node])
                if low[node] == order[node]:
                    part = []
                    while not part or part[-1] != node:
                        part.append(stack.pop())
                        on_stack.discard(part[-1])
                    if len(part) > 1:
                        found.append(sorted(part))
    return found


def check_circles(tree):
    modules = {os.path.splitext(path)[0]: set() for path in tree.files}
    folders = {os.path.dirname(path): set() for path in tree.files}
    seen = {}  # (folder, folder) -> the first include between them
    for path in tree.files:
        module, folder = os.path.splitext(path)[0], os.path.dirname(path)
        for line, name in tree.includes(path):
            other = os.path.splitext(name)[0]
            if other not in modules or other == module:
                continue
            modules[module].add(other)
            to = os.path.dirname(name)
            if to != folder:
                folders[folder].add(to)
                seen.setdefault((folder, to), f'{path}:{line}')
    for part in circles_of(modules):
        yield f'circle of files: {" ".join(part)} -> move what both need to a header of its own'
    for part in circles_of(folders):
        between = [f'{a} -> {b} ({seen[a, b]})' for a in part for b in part if (a, b) in seen]
        yield f'circle of folders: {", ".join(between)} -> move the code so that arrows point one way'


def check_folders(tree):
    count = {}
    for path in tree.files:
        folder = os.path.dirname(path)
        count[folder] = count.get(folder, 0) + 1
    for folder, sources in sorted(count.items()):
        if sources > MAX_SOURCES:
            yield f'{folder}: {sources} sources, more than {MAX_SOURCES} -> cut the folder where its nouns part'


TOKEN = re.compile(
    r'//[^\n]*|/\*.*?\*/|R"([^(\s]*)\(.*?\)\1"|"(?:[^"\\\n]|\\.)*"|(?<![0-9a-fA-F])\'(?:[^\'\\\n]|\\.)+\''
    r'|^[ \t]*#(?:[^\n]*\\\n)*[^\n]*', re.S | re.M)


def code_of(text):
    """The text with comments, literals and preprocessor lines blanked out; line ends stay."""
    return TOKEN.sub(lambda match: re.sub(r'[^\n]', ' ', match[0]), text)


LABELS = re.compile(r'\s*(?:(?:public|private|protected)\s*:\s*)*')
TYPE = re.compile(r'(?:^|[\s>])(?:class|struct|union|enum)\b[^()=]*$')


def opens_function(head):
    """Whether a brace at the scope of a namespace or a class opens a function; `head` is what stands before it."""
    head = re.sub(r'^template\s*<[^{}]*?>\s*(?=[a-zA-Z_])', '', head)
    if re.match(r'(?:inline\s+)?namespace\b|extern\s*$', head) or TYPE.search(head):
        return False
    if '(' not in head:
        return False
    depth = 0
    for at, char in enumerate(head):  # an initializer: "= {" outside of parentheses; "operator=(" is none
        if char in '([':
            depth += 1
        elif char in ')]':
            depth -= 1
        elif char == '=' and depth == 0 and not re.search(r'operator\s*[=!<>+\-*/%&|^]*$', head[:at]):
            return head[at + 1:].lstrip().startswith('[')  # a lambda kept under a name
    return True


def opens_scope(head):
    """Whether a brace opens a namespace or a class."""
    if re.search(r'(?:^|\s)namespace\b|(?:^|\s)extern$', head):
        return True
    return TYPE.search(head) is not None and not re.search(r'\benum\b', head)


def functions_of(text):
    """(first line, last line) of every function; one in another one belongs to it."""
    code = code_of(text)
    stack, begin = [], 0  # what each open brace is: scope, function (with where its signature begins), other
    for match in re.finditer(r'[{};]', code):
        at, char = match.start(), match[0]
        within = next((kind for kind in reversed(stack) if kind[0] != 'scope'), None)
        if char == '{':
            begin += LABELS.match(code[begin:at]).end()
            head = code[begin:at].rstrip()
            if within is None and opens_scope(head):
                stack.append(('scope',))
            elif within is None and opens_function(head):
                stack.append(('function', begin))
            else:
                stack.append(('other',))
        elif char == '}' and stack:
            kind = stack.pop()
            if kind[0] == 'function' and re.match(r'\s*[,{)]', code[at + 1:at + 200]):
                begin = kind[1]  # of a member or an argument that is given in braces: the body is still to come
                continue
            if kind[0] == 'function':
                yield code.count('\n', 0, kind[1]) + 1, code.count('\n', 0, at) + 1
        begin = match.end()


def check_functions(tree):
    for path in tree.files:
        for first, last in functions_of(tree.texts[path]):
            if last - first + 1 > MAX_LINES:
                yield (f'{path}:{first}: a function of {last - first + 1} lines, more than {MAX_LINES} -> give its parts '
                       'names of their own')


CHECKS = {'arrows': check_arrows, 'circles': check_circles, 'folders': check_folders, 'functions': check_functions}


def main():
    parser = argparse.ArgumentParser(description='Checks the structure of the sources.')
    parser.add_argument('checks', nargs='*', metavar='CHECK', help=' '.join(CHECKS) + '; default: all')
    parser.add_argument('--root', default=os.path.join(os.path.dirname(os.path.abspath(__file__)), '..'))
    arguments = parser.parse_args()
    for name in arguments.checks:
        if name not in CHECKS:
            parser.error(f'unknown check {name}; there are: {" ".join(CHECKS)}')
    tree = Tree(os.path.normpath(arguments.root))
    bad = False
    for name in arguments.checks or CHECKS:
        for line in CHECKS[name](tree):
            print(line)
            bad = True
    return 1 if bad else 0


if __name__ == '__main__':
    sys.exit(main())
