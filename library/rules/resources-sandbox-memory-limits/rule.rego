# METADATA
# title: Sandboxes without a bound on memory
# description: Containers of sandbox templates without a limit of memory, or with one above the bound that is set for sandboxes.
# scope: package
# custom:
#   kinds: [extensions.agents.x-k8s.io/SandboxTemplate]
#   parameters: [sandbox_memory_limit_max]
package armo_builtins

import data.holdfast.lib.sandbox_template
import rego.v1

deny contains finding if some finding in sandbox_template.limit_findings("memory", "sandbox_memory_limit_max")
