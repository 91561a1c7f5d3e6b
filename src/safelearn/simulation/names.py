"""Names of neighbourhoods: invented, Spanish in sound, none of them a joke and none of them a ranking.

A zone goes in, names come out in a fixed order; a trainee's variant draws them in an order of its own.
"""

from __future__ import annotations

import numpy as np

NAMES = {
    "old town": [
        "Plaza Mayor", "Las Cadenas", "San Jerónimo", "Alameda Vieja", "El Cabildo",
        "Mercado Grande", "Santa Inés", "Callejón del Agua", "Los Plateros",
        "Baluarte",
    ],
    "port": [
        "Punta Brava", "El Varadero", "Aduana", "Los Astilleros", "Fábrica de Hielo",
    ],
    "north coast": ["Playa Larga", "Salinas", "Médanos del Norte"],
    "sea front": [
        "Punta Serena", "Los Almendros", "Miramar Bajo", "Jardín del Mar",
        "Las Palmeras", "Quinta Amalia", "El Faro",
    ],
    "south beach": ["Caleta Sur", "Las Dunas"],
    "extension": ["La Estación", "Parque Hidalgo", "Los Maestros", "Las Camelias"],
    "south extension": ["San Borondón", "El Olivar", "Las Acacias", "Villa Aurora"],
    "plain": ["Pampa Larga", "Los Algarrobos", "El Mirador del Sur"],
    "north bank": [
        "Puente Nuevo", "La Curtiembre", "Santa Rosalía", "Los Sauces", "El Molino",
    ],
    "north hills": ["Cerro Pardo", "Las Lagunillas"],
    "north edge": ["Quebrada Seca"],
    "upper valley": ["Valle Hondo", "La Compuerta", "El Totoral"],
    "lower hills": ["Cuesta Blanca", "Los Pinos", "San Isidoro"],
    "hillside": [
        "Alto Perdido", "Nueva Esperanza", "La Cantuta", "Balcón del Puerto",
        "Cerro Azul Alto", "Las Terrazas",
    ],
    "quarries": ["La Cantera", "Veintiocho de Mayo"],
}  # fmt: skip


def names(zones: np.ndarray, rng: np.random.Generator | None = None) -> list[str]:
    """One name a neighbourhood, from its zone's list; from anywhere in the city if `rng` is given."""
    if rng is not None:
        pool = [name for known in NAMES.values() for name in known]
        return [pool[i] for i in rng.permutation(len(pool))[: len(zones)]]
    left = {zone: iter(known) for zone, known in NAMES.items()}
    return [next(left[zone]) for zone in zones]
