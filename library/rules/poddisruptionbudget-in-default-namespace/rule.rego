# METADATA
# title: PodDisruptionBudgets in the default namespace
# description: PodDisruptionBudgets that lie in the namespace default, or name none.
# scope: package
# custom:
#   kinds: [policy/PodDisruptionBudget]
package armo_builtins

import data.holdfast.lib.default_namespace
import rego.v1

deny contains finding if some finding in default_namespace.findings(set())
