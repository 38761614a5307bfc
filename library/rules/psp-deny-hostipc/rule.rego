# METADATA
# title: Policies that admit the host's shared memory
# description: PodSecurityPolicies that let pods share the inter-process communication of their node, where none refuses them.
# scope: package
# custom:
#   kinds: [policy/PodSecurityPolicy]
package armo_builtins

import data.holdfast.lib.pod_security_policy
import rego.v1

deny contains finding if some finding in pod_security_policy.findings_switched_on("hostIPC")
