"""Who may include whom: layers, their rooms, and the map of features. ARCHITECTURE.md draws the same three tables."""
import pathlib

from .sources import includes

EVERYTHING = "*"

# A layer, and an engine's folder, may include itself and what stands here. Folders below `src`.
LAYERS = {
    "base": [],
    "domain": ["base"],
    "texts": ["base"],
    "config": ["domain", "base"],
    "catalog": ["domain", "base"],
    "http": ["base"],
    "imaging": ["base"],
    "imaging/worker": ["imaging", "base"],
    "sql": ["domain", "base"],
    "sql/sqlite": ["sql", "domain", "base"],
    "sql/postgres": ["sql", "domain", "base"],
    "stores": ["sql", "domain", "base"],
    "blobs": ["base"],
    "blobs/disk": ["blobs", "http", "domain", "base"],
    "blobs/s3": ["blobs", "http", "domain", "base"],
    "cache": ["base"],
    "cache/memory": ["cache", "http", "domain", "base"],
    "cache/redis": ["cache", "cache/memory", "http", "domain", "base"],
    "providers": ["domain", "base"],
    "providers/fal": ["providers", "http", "domain", "base"],
    "telegram": ["http", "base"],
    "services": ["stores", "blobs", "cache", "providers", "imaging", "catalog", "domain", "base"],
    "loops": ["services", "domain", "base"],
    "bot": ["services", "catalog", "telegram", "texts", "domain", "base"],
    "web": ["services", "catalog", "http", "telegram", "texts", "domain", "base"],
    "app": [EVERYTHING],
    "../sandbox": ["imaging", "http", "base"],
    "../apps/aisha": ["app"],
    "../apps/imager": ["imaging/worker"],
    "../apps/sandbox": ["../sandbox"],
    "../tools/faultproxy": ["http", "base"],
}

# Within a layer that has rooms, a room may include itself and what stands here.
ROOMS = {
    "catalog/files": [],
    "catalog/models": ["catalog/files"],
    "catalog/templates": ["catalog/files"],
    "catalog/prompts": ["catalog/templates", "catalog/files"],
    "http/common": [],
    "http/client": ["http/common"],
    "http/server": ["http/common"],
    "stores/unit": [],
    "stores/people": ["stores/unit"],
    "stores/queue": ["stores/unit"],
    "stores/jobs": ["stores/unit"],
    "stores/pictures": ["stores/jobs", "stores/people", "stores/unit"],
    "stores/bin": ["stores/pictures", "stores/unit"],
    "stores/photos": ["stores/people", "stores/unit"],
    "stores/batches": ["stores/pictures", "stores/jobs", "stores/people", "stores/unit"],
    "stores/ledger": ["stores/unit"],
    "stores/import": ["stores/pictures", "stores/unit"],
    "stores/tastes": ["stores/unit"],
    "stores/sharing": ["stores/pictures", "stores/unit"],
    "stores/privacy": [EVERYTHING],
    "stores/upkeep": [EVERYTHING],
    "services/context": [],
    "services/people": ["services/context"],
    "services/outbox": ["services/people", "services/context"],
    "services/inbox": ["services/people", "services/context"],
    "services/spending": ["services/people", "services/context"],
    "services/jobs": ["services/spending", "services/outbox", "services/context"],
    "services/prompts": ["services/outbox", "services/people", "services/context"],
    "services/preparing": ["services/prompts", "services/jobs", "services/spending", "services/outbox", "services/context"],
    "services/generations": ["services/preparing", "services/prompts", "services/jobs", "services/spending", "services/outbox", "services/people", "services/context"],
    "services/variations": ["services/generations", "services/jobs", "services/outbox", "services/people", "services/context"],
    "services/previews": ["services/context"],
    "services/gallery": ["services/previews", "services/outbox", "services/people", "services/context"],
    "services/favourites": ["services/people", "services/context"],
    "services/bin": ["services/outbox", "services/people", "services/context"],
    "services/photos": ["services/upkeep", "services/outbox", "services/people", "services/context"],
    "services/search": ["services/people", "services/context"],
    "services/tastes": ["services/people", "services/context"],
    "services/sharing": ["services/outbox", "services/people", "services/context"],
    "services/privacy": [EVERYTHING],
    "services/import": ["services/people", "services/context"],
    "services/upkeep": [EVERYTHING],
    "bot/codec": [],
    "bot/cards": ["bot/codec"],
    "bot/flow": ["bot/cards", "bot/codec"],
    "bot/features": ["bot/flow", "bot/cards", "bot/codec"],
    "bot/delivery": ["bot/features", "bot/flow", "bot/cards", "bot/codec"],
    "bot/dispatch": ["bot/features", "bot/flow", "bot/cards", "bot/codec"],
    "web/hooks": [],
    "web/health": [],
    "web/table": ["web/hooks", "web/health"],
    "app/metrics": [],
    "app/engines": [],
    "app/backup": ["app/engines"],
    "app/catalogue": ["app/engines"],
    "app/doctor": ["app/engines"],
    "app/serve": ["app/engines", "app/metrics"],
    "app/check": ["app/engines"],
    "app/demo": ["app/doctor", "app/engines"],
    "app/commands": [EVERYTHING],
}

# The map, first half: the services that a feature of the chat may ask. What it sees of another feature is that one's
# routes.hpp: what a button means.
FEATURES = {
    "bot/features/start": ["people"],
    "bot/features/help": ["people"],
    "bot/features/settings": ["people"],
    "bot/features/create": ["generations", "people", "favourites", "tastes"],
    "bot/features/prompt": ["generations", "prompts", "people"],
    "bot/features/job": ["generations"],
    "bot/features/picture": ["gallery"],
    "bot/features/variants": ["variations", "generations"],
    "bot/features/batch": ["variations", "generations"],
    "bot/features/gallery": ["gallery"],
    "bot/features/favourites": ["favourites"],
    "bot/features/bin": ["bin"],
    "bot/features/statistics": ["gallery"],
    "bot/features/search": ["search"],
    "bot/features/avatars": ["people"],
    "bot/features/photos": ["photos", "people"],
    "bot/features/sharing": ["sharing", "search", "favourites", "gallery"],
    "bot/features/privacy": ["privacy"],
    "bot/features/problem": ["people"],
}

# The map, second half: the stores that a service may use besides stores/unit. Features meet through services: a service
# never opens the stores of another one.
SERVICE_STORES = {
    "services/context": ["queue"],
    "services/people": ["people", "ledger"],
    "services/outbox": ["queue", "jobs", "pictures", "batches", "photos"],
    "services/inbox": ["queue"],
    "services/jobs": ["jobs", "ledger"],
    "services/spending": ["jobs"],
    "services/preparing": ["jobs"],
    "services/prompts": ["people", "pictures"],
    "services/generations": ["jobs", "pictures", "batches", "photos", "ledger", "people", "upkeep"],  # upkeep: the lease of who asks for prices
    "services/variations": ["pictures", "batches", "jobs", "people"],
    "services/gallery": ["pictures"],
    "services/favourites": ["pictures", "people"],
    "services/bin": ["bin", "pictures"],
    "services/photos": ["photos", "people", "pictures", "jobs", "upkeep"],  # upkeep: whose the store of pictures is
    "services/search": ["pictures", "upkeep"],  # upkeep: the lease of what one process reads for all
    "services/sharing": ["sharing", "pictures"],
    "services/tastes": ["tastes", "upkeep"],  # upkeep: the lease of what one process counts for all
    "services/import": ["import", "ledger"],
    "services/privacy": [EVERYTHING],
    "services/upkeep": [EVERYTHING],
}


def longest(path: str, folders) -> str | None:
    """The longest of `folders` that holds the path (below `src`, or "../" and below the root)."""
    inner = path.removeprefix("src/") if path.startswith("src/") else "../" + path
    parts = inner.split("/")
    for n in range(len(parts) - 1, 0, -1):
        folder = "/".join(parts[:n])
        if folder in folders:
            return folder
    return None


def lists(allowed: list[str], folder: str) -> bool:
    return EVERYTHING in allowed or folder in allowed


def layer_problem(name: str, include: str) -> str | None:
    home, target = longest(name, LAYERS), longest(include, LAYERS)
    if target is None:
        return f"may not include {include}: no layer holds it"
    if home != target and not lists(LAYERS[home], target):
        return f"may not include {include} (layer {home} -> {', '.join(LAYERS[home]) or 'nothing'})"
    return None


def room_problem(name: str, include: str) -> str | None:
    home, target = longest(name, ROOMS), longest(include, ROOMS)
    if home is None or target is None or home.split("/")[0] != target.split("/")[0]:
        return None
    if home != target and not lists(ROOMS[home], target):
        return f"may not include {include} (room {home} -> {', '.join(ROOMS[home]) or 'nothing'})"
    return None


def feature_problem(name: str, include: str) -> str | None:
    home, target = longest(name, FEATURES), longest(include, FEATURES)
    if home is None:
        return None
    if target not in (None, home) and not include.endswith("/routes.hpp"):
        return f"may not include {include}: of another feature only its routes.hpp"
    service = include.split("/")[2] if include.startswith("src/services/") else None
    if service is not None and service not in FEATURES[home]:
        return f"may not include {include} (feature {home} -> services {', '.join(FEATURES[home])})"
    return None


def store_problem(name: str, include: str) -> str | None:
    home = longest(name, SERVICE_STORES)
    store = include.split("/")[2] if include.startswith("src/stores/") else None
    if home is None or store in (None, "unit") or lists(SERVICE_STORES[home], store):
        return None
    return f"may not include {include} ({home} -> stores {', '.join(SERVICE_STORES[home]) or 'unit only'})"


RULES = (layer_problem, room_problem, feature_problem, store_problem)


def homeless(name: str) -> str | None:
    """A source of a layer with rooms stands in one of them, and each of those is in the tables above."""
    layer = longest(name, LAYERS)
    if layer is None:
        return "no layer of tools/layers/arrows.py holds it"
    if longest(name, ROOMS) is None and any(room.startswith(layer + "/") for room in ROOMS):
        return f"no room of {layer} in tools/layers/arrows.py holds it"
    if name.startswith("src/bot/features/") and longest(name, FEATURES) is None:
        return "the map of tools/layers/arrows.py does not know this feature"
    return None


def violations(root: pathlib.Path):
    """(sentences, number of includes seen)."""
    wrong = []
    seen = 0
    lost = {}
    for name, include in includes(root):
        seen += 1
        if name not in lost:
            lost[name] = homeless(name)
            if lost[name]:
                wrong.append(f"{name}: {lost[name]}")
        if longest(name, LAYERS) is None:
            continue
        problems = [rule(name, include) for rule in RULES]
        first = next(filter(None, problems), None)
        if first:
            wrong.append(f"{name}: {first}")
    return wrong, seen
