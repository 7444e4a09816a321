"""Packs that extend each other, merged into one layer of rules not yet validated."""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from dataclasses import dataclass, field, replace
from pathlib import Path
from typing import Any

from pydantic import TypeAdapter

from rules.errors import Location, Place, Problem, RuleFileError
from rules.model import Override, Pack, SwitchedOff
from rules.strict_yaml import Tree, YamlFile, read_yaml
from rules.validation import suggestion, validate, wide_colon_hint

BUILT_IN_FOLDER = Path(__file__).resolve().parent
MANIFEST = "pack.yaml"

_PACK = TypeAdapter(Pack)
_CHANGEABLE = tuple(field.alias or name for name, field in Override.model_fields.items() if name != "id")
_START_OF_RULE = "每条规则以“- id: 类别/名称”开头"


@dataclass(frozen=True, slots=True)
class Source:
    """Where part of a rule was written: a file and the location of the rule, or of its override, in it."""

    file: YamlFile
    location: Location

    def known(self, location: Location) -> int:
        """How many parts of a location within the rule were written here."""
        return len(self.file.known((*self.location, *location))) - len(self.location)


@dataclass(frozen=True, slots=True)
class Draft:
    """A rule before validation: its merged tree, and where its parts were written, the latest override last."""

    id: str
    tree: dict[str, Tree]
    sources: tuple[Source, ...]

    @property
    def names(self) -> tuple[str, ...]:
        """The id and the old ids that still lead to the rule."""
        aliases = self.tree.get("aliases", [])
        return (self.id, *(alias for alias in aliases if isinstance(alias, str) and isinstance(aliases, list)))

    def place(self, location: Location, *, at_key: bool = False) -> Place:
        """The place of a part of the rule: in the latest override that has all of it, or else where it fits best."""
        complete = (source for source in reversed(self.sources) if source.known(location) == len(location))
        source = next(complete, None) or max(self.sources, key=lambda source: source.known(location))
        return source.file.place((*source.location, *location), at_key=at_key)


@dataclass(slots=True)
class Layer:
    """A pack with all it inherits: rules by id in order, the names that lead to them, and the files that took part."""

    pack: Pack
    drafts: dict[str, Draft] = field(default_factory=dict)
    names: dict[str, str] = field(default_factory=dict)
    off: dict[str, SwitchedOff] = field(default_factory=dict)
    files: dict[str, Path] = field(default_factory=dict)

    def active(self) -> Iterator[Draft]:
        """The rules that run."""
        return (draft for draft in self.drafts.values() if draft.id not in self.off)


@dataclass(slots=True)
class LayerReader:
    """Reads packs into layers and collects what is wrong with them.

    After a file that cannot be read, ids that are not known are no longer reported: they may stand in it.
    """

    problems: list[Problem] = field(default_factory=list)
    complete: bool = True

    def read(self, name: str) -> Layer | None:
        """The layer of a built-in pack or of the pack in the folder of that name."""
        folder = self._folder(name, Path(), Place(name, None, None))
        return self._layer(folder, ()) if folder else None

    def _layer(self, folder: Path, children: tuple[Path, ...]) -> Layer:
        readable = self._file(folder / MANIFEST)
        manifest = readable or YamlFile(folder / MANIFEST, {}, {}, {(): (1, 1)})
        pack = validate(_PACK, manifest.tree, manifest.place, self.problems) if readable else None
        layer = Layer(pack or Pack.model_construct(name=folder.name, title=folder.name))
        for index, name in enumerate(_parents(manifest)):
            self._extend(layer, name, manifest.place(("extends", index)), (*children, folder))
        self._add_rules(layer, folder)
        if pack:
            self._override(layer, manifest)
            self._switch_off(layer, manifest)
        return layer

    def _file(self, path: Path) -> YamlFile | None:
        try:
            return read_yaml(path)
        except RuleFileError as error:
            self.problems.extend(error.problems)
            self.complete = False
            return None

    def _folder(self, name: str, base: Path, place: Place) -> Path | None:
        built_in = {path.parent.name: path.parent for path in sorted(BUILT_IN_FOLDER.glob(f"*/{MANIFEST}"))}
        if name in built_in:
            return built_in[name]
        folder = _from_here(base / name)
        if (folder / MANIFEST).is_file():
            return folder
        if folder.is_dir():
            message, hint = f"文件夹“{name}”里没有 {MANIFEST}", "请新建这个文件，写上 name 和 title 两行"
        else:
            message, hint = (
                f"找不到规则包“{name}”",
                f"请写规则包所在的文件夹，或内置规则包的名称：{'、'.join(built_in)}",
            )
        self._report(place, message, hint)
        self.complete = False
        return None

    def _extend(self, layer: Layer, name: str, place: Place, children: tuple[Path, ...]) -> None:
        folder = self._folder(name, children[-1], place)
        if folder in children:
            self._report(place, f"规则包“{name}”直接或间接地继承了自己", "请删去这一项 extends")
        elif folder:
            parent = self._layer(folder, children)
            layer.off |= parent.off
            layer.files |= parent.files
            for draft in parent.drafts.values():
                self._add(layer, draft)

    def _add_rules(self, layer: Layer, folder: Path) -> None:
        if f"{layer.pack.name}/{MANIFEST}" in layer.files:
            place = Place(str(folder / MANIFEST), 1, 1)
            self._report(place, f"名称“{layer.pack.name}”与上级规则包相同", "请换一个 name")
        layer.files[f"{layer.pack.name}/{MANIFEST}"] = folder / MANIFEST
        for path in _rule_files(folder):
            layer.files[f"{layer.pack.name}/{path.relative_to(folder).as_posix()}"] = path
            if file := self._file(path):
                for draft in self._drafts(file):
                    self._add(layer, draft)

    def _drafts(self, file: YamlFile) -> Iterator[Draft]:
        if not isinstance(file.tree, list):
            self._report(file.place(()), "规则文件应当是一个列表", _START_OF_RULE)
            return
        for index, tree in enumerate(file.tree):
            if isinstance(tree, dict) and isinstance(name := tree.get("id"), str):
                yield Draft(name, tree, (Source(file, (index,)),))
            else:
                hint = wide_colon_hint(tree, "id") or _START_OF_RULE
                self._report(file.place((index,)), "这条规则没有编号 id", hint)

    def _add(self, layer: Layer, draft: Draft) -> None:
        if layer.drafts.get(draft.id) == draft:
            return
        for name in draft.names:
            if owner := layer.names.get(name):
                earlier = layer.drafts[owner].place(("id",))
                message = f"规则编号“{name}”重复，已在 {earlier.path} 第 {earlier.line} 行用过"
                hint = "请换一个编号；要修改继承来的规则，请写在 pack.yaml 的 override 里"
                self._report(draft.place(("id",)), message, hint)
                return
        layer.drafts[draft.id] = draft
        layer.names |= dict.fromkeys(draft.names, draft.id)

    def _override(self, layer: Layer, manifest: YamlFile) -> None:
        for index, override in enumerate(layer.pack.override):
            location: Location = ("override", index)
            if rule := self._known(layer, override.id, manifest.place((*location, "id"))):
                draft = layer.drafts[rule]
                tree = _merged(draft.tree, manifest.at(location))
                layer.drafts[rule] = replace(draft, tree=tree, sources=(*draft.sources, Source(manifest, location)))

    def _switch_off(self, layer: Layer, manifest: YamlFile) -> None:
        for index, off in enumerate(layer.pack.off):
            if rule := self._known(layer, off.id, manifest.place(("off", index, "id"))):
                layer.off[rule] = SwitchedOff(rule, off.reason)

    def _known(self, layer: Layer, name: str, place: Place) -> str | None:
        rule = layer.names.get(name)
        if rule in layer.off:
            self._report(place, f"规则“{name}”已经停用", "请删去这一项")
            return None
        if rule is None and self.complete:
            hint = suggestion(name, tuple(layer.names), listed=False)
            self._report(place, f"没有编号为“{name}”的规则", hint or "用 fazhi-audit rules list 可以列出全部编号")
        return rule

    def _report(self, place: Place, message: str, hint: str) -> None:
        self.problems.append(Problem(*place, message, hint))


def _parents(manifest: YamlFile) -> list[str]:
    """What a manifest extends, even if it is otherwise wrong, so that the mistakes of its parents are reported too."""
    names = manifest.tree.get("extends") if isinstance(manifest.tree, dict) else None
    several = names if isinstance(names, list) else [names]
    return [name for name in several if isinstance(name, str)]


def _from_here(path: Path) -> Path:
    """``path`` without detours, so that equal folders are equal paths; relative if it is below the present one."""
    path, here = path.resolve(), Path.cwd()
    return path.relative_to(here) if path.is_relative_to(here) else path


def _merged(tree: dict[str, Tree], changes: Any) -> dict[str, Tree]:
    merged = {**tree, **{key: changes[key] for key in _CHANGEABLE if key in changes}}
    base, change = tree.get("with"), changes.get("with")
    if isinstance(base, Mapping) and isinstance(change, Mapping):
        merged["with"] = {**base, **change}
    return merged


def _rule_files(folder: Path) -> list[Path]:
    """The YAML files of a pack but for its manifest; names that begin with ``.`` or ``~`` are leftovers of editors."""
    return sorted(
        path
        for path in folder.rglob("*")
        if path.suffix in {".yaml", ".yml"}
        and path != folder / MANIFEST
        and not any(part.startswith((".", "~")) for part in path.relative_to(folder).parts)
    )
