"""The schema with its comments and options, for scripts/api-docs, and for which calls error.proto says which reasons."""
import importlib
import pathlib
import re
import subprocess
import sys
import tempfile

from google.protobuf import descriptor_pb2

WRITE = 3  # CALL_KIND_WRITE


def short_reason(value):
    return value.name[len('ERROR_REASON_'):]


def page_of(service):
    return re.sub(r'(?<=[a-z])(?=[A-Z])', '-', service.name).lower()


class Schema:
    """What protoc makes of the schema, with comments and options."""

    def __init__(self, root):
        self.comments, self.types = {}, {}
        protos = root / 'proto'
        names = [str(path.relative_to(protos)) for room in ('attain/v1', 'attain/document/v1') for path in sorted((protos / room).glob('*.proto'))]
        with tempfile.TemporaryDirectory() as made:
            imports = [str(path.relative_to(protos)) for path in sorted((protos / 'google').rglob('*.proto'))]
            done = subprocess.run(['protoc', f'-I{protos}', '--include_source_info', f'--descriptor_set_out={made}/set', f'--python_out={made}',
                                   *names, *imports], check=False)
            if done.returncode:
                raise SystemExit(done.returncode)  # it has said why
            sys.path.insert(0, made)
            options, words = (importlib.import_module(f'attain.v1.{name}_pb2') for name in ('options', 'words'))
            for name in names:
                importlib.import_module(name[:-len('.proto')].replace('/', '.') + '_pb2')
            sys.path.remove(made)
            files = descriptor_pb2.FileDescriptorSet.FromString(pathlib.Path(made, 'set').read_bytes()).file
        self.call, self.field, self.words = options.call, options.field, words
        self.files = sorted((file for file in files if file.name in names), key=lambda file: names.index(file.name))
        for file in self.files:
            self._read(file)
        self.services = [(file, service) for file in self.files for service in file.service]
        self.methods = {f'{service.name}.{method.name}': method for _, service in self.services for method in service.method}
        self.own = {type_name for method in self.methods.values() for type_name in (method.input_type, method.output_type)}
        self.general = self._general()
        self.places = self._places()

    def _read(self, file):
        """Comments by full name, and the messages and enums."""
        said = {tuple(place.path): place.leading_comments for place in file.source_code_info.location if place.leading_comments}
        self.comments[file.name] = said.get((12,), '')

        def walk(thing, path, name, kinds):
            self.comments[name] = said.get(path, '')
            for number, attribute, inner in kinds:
                for index, item in enumerate(getattr(thing, attribute)):
                    walk(item, path + (number, index), f'{name}.{item.name}', inner)

        for number, things, inner in ((4, file.message_type, ((2, 'field', ()), (8, 'oneof_decl', ()))), (5, file.enum_type, ((2, 'value', ()),)),
                                      (6, file.service, ((2, 'method', ()),))):
            for index, thing in enumerate(things):
                name = f'.{file.package}.{thing.name}'
                walk(thing, (number, index), name, inner)
                if number != 6:
                    self.types[name] = thing

    def _general(self):
        """The reasons of every call: (which calls, reasons), as the comment of ErrorReason has them."""
        words = ' '.join(self.comments['.attain.v1.ErrorReason'].split())
        found = []
        for which, pattern in (('any', 'Any method can answer'), ('writes', 'one that writes also'), ('reads', 'one that takes ReadOptions'),
                               ('lists', 'one that lists')):
            match = re.search(pattern + r' ([A-Z_, and]+)[;.]', words)
            if not match:
                raise SystemExit(f'error.proto: the comment of ErrorReason does not say "{pattern} …"')
            found.append((which, re.findall(r'[A-Z]+(?:_[A-Z]+)*', match[1])))
        return found

    def reasons_of(self, method):
        """Reasons that the method lists, and those of every such call that it does not list."""
        own = [self.value('ErrorReason', number)[len('ERROR_REASON_'):] for number in dict.fromkeys(method.options.Extensions[self.call].errors)]
        fields = self.types[method.input_type].field
        holds = {'any': True, 'writes': method.options.Extensions[self.call].kind == WRITE,
                 'reads': any(field.type_name == '.attain.v1.ReadOptions' for field in fields),
                 'lists': any(field.name == 'page_token' for field in fields)}
        return own, [reason for which, reasons in self.general if holds[which] for reason in reasons if reason not in own]

    def reasons(self):
        return [value for value in self.types['.attain.v1.ErrorReason'].value if value.number]

    def value(self, enum, number):
        """The name of a value of attain.v1.`enum`."""
        return next(value.name for value in self.types[f'.attain.v1.{enum}'].value if value.number == number)

    def _places(self):
        """Page and anchor of each message, enum, method and reason by its short name."""
        places = {reason: ('errors', reason) for reason in map(short_reason, self.reasons())}
        for name in self.types:
            short = name.rsplit('.', 1)[1]
            if short in places:
                raise SystemExit(f'two things are called {short}: their anchors would be the same')
            places[short] = ('types', short)
        places['ErrorReason'] = ('errors', 'reasons')
        for _, service in self.services:
            for method in service.method:
                for name in (method.name, *(each.rsplit('.', 1)[1] for each in (method.input_type, method.output_type))):
                    places[name] = (page_of(service), name)
        return places
