"""Imported tables in a project file."""

from __future__ import annotations

from dataset_contract import DatasetContract


class TestGeoPackageDatasets(DatasetContract):
    """The contract, on a GeoPackage."""
