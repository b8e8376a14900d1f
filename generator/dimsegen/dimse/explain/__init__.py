"""Say in plain words what a rule or a cell means.

The words follow from the catalogue of rules and from the model; what is shown as an example was
run. The room imports no renderer: whoever wants examples hands in the package.
"""
