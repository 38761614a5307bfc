# METADATA
# title: Sandboxes without a bound on CPU
# description: Containers of sandbox templates without a limit of CPU, or with one above the bound that is set for sandboxes.
# scope: package
# custom:
#   kinds: [extensions.agents.x-k8s.io/SandboxTemplate]
#   parameters: [sandbox_cpu_limit_max]
package armo_builtins

import data.holdfast.lib.sandbox_template
import rego.v1

deny contains finding if some finding in sandbox_template.limit_findings("cpu", "sandbox_cpu_limit_max")
