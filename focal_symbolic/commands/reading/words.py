"""What columns of classes and of counts are called, and what is no class."""

from __future__ import annotations

import re

__all__ = ["AVERAGES", "INDICES", "LABELS", "is_count_name", "is_file", "is_label_name", "is_share_name", "is_total", "key"]

LABELS = (
    "class",
    "class_name",
    "classname",
    "label",
    "label_name",
    "labels",
    "classes",
    "name",
    "names",
    "category",
    "category_name",
    "categories",
    "cls",
    "target",
    "species",
    "y",
    *("klasse", "kategorie", "bezeichnung", "klass", "kategori", "etikett"),
    *("classe", "catégorie", "étiquette", "libellé", "clase", "categoría", "etiqueta", "categoria", "rótulo", "etichetta"),
    *("класс", "категория", "метка", "название", "klasa", "kategoria", "sınıf"),
    *("类别", "类", "标签", "名称", "類別", "標籤", "クラス", "カテゴリ", "ラベル", "分類", "클래스", "라벨", "범주"),
)
"""What names the classes, the first above the others."""
_COUNTS = {
    *("count", "counts", "n", "num", "number", "freq", "frequency", "frequencies", "support", "size", "total", "amount"),
    *("instances", "samples", "examples", "images", "objects", "annotations", "boxes", "occurrences", "items", "observations"),
    *("anzahl", "häufigkeit", "menge", "antal", "aantal", "nombre", "effectif", "effectifs", "fréquence", "quantité"),
    *(
        "cantidad",
        "número",
        "recuento",
        "conteo",
        "frecuencia",
        "quantidade",
        "contagem",
        "frequência",
        "conteggio",
        "quantità",
    ),
    *("frequenza", "количество", "число", "частота", "liczba", "adet", "sayı"),
    *("数量", "个数", "样本数", "频数", "數量", "件数", "個数", "サンプル数", "개수", "수량", "빈도"),
    *("n_samples", "instance_count", "image_count", "sample_count", "class_count", "train_count", "value_count", "cnt"),
}
_SHARES = {
    *("share", "proportion", "probability", "prob", "p", "fraction", "percent", "percentage", "pct", "%", "relative"),
    *("anteil", "prozent", "andel", "aandeel", "part", "pourcentage", "porcentaje", "proporción", "porcentagem", "percentuale"),
    *("доля", "процент", "比例", "占比", "百分比", "割合", "比率", "비율", "oran"),
}
INDICES = {"", "id", "index", "idx", "nr", "no", "№", "row", "rank", "unnamed_0", "序号", "编号", "番号", "번호"}
"""What numbers rows."""
AVERAGES = ("accuracy", "micro avg", "macro avg", "weighted avg", "samples avg")
"""Rows of a classification_report that are no class."""
_TOTALS = re.compile(
    r"(?:(?:grand|sub|over)?[ _-]?total)s?|sum|all|all classes|overall|(?:gesamt)?summe|gesamt(?:ergebnis)?|insgesamt|"
    r"somme|suma|totale|totaal|totalt|razem|toplam|Σ|∑|итого|всего|合计|总计|总数|合計|総計|합계|총계|total\b.*|.*\btotal",
    re.IGNORECASE,
)


_FILE = re.compile(r"\S.*\.(?:jpe?g|png|bmp|tiff?|gif|webp|npy|npz|txt|wav|flac|mp3|mp4|avi|json|xml|dcm)", re.IGNORECASE)


def key(name: str) -> str:
    """A name of a column without case, and with one underscore for what is between words."""
    return re.sub(r"[\s_.\-#]+", "_", re.sub(r"(?<=[a-z])(?=[A-Z])", "_", name.strip()).casefold()).strip("_")


def is_label_name(name: str) -> bool:
    """Whether a column of this name has the classes."""
    return key(name) in LABELS


def is_count_name(name: str) -> bool:
    """Whether a column of this name has how often each class occurs."""
    one = key(name)
    prefixed = re.fullmatch(r"(?:num|n|nb|no|number_of|count|total|count_of)_(?:of_)?(\w+)", one)
    return one in _COUNTS or bool(prefixed and prefixed[1] in _COUNTS) or re.fullmatch(r"\w+_counts?", one) is not None


def is_share_name(name: str) -> bool:
    """Whether a column of this name has which part of all each class is."""
    return key(name) in _SHARES


def is_file(name: str) -> bool:
    """Whether a class of this name is a file, as in a list of examples."""
    return _FILE.fullmatch(name) is not None


def is_total(name: str) -> bool:
    """Whether a class of this name adds up the others, if its count says so too."""
    return _TOTALS.fullmatch(name.strip().strip(":*. ")) is not None
