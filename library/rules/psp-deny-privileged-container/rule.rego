# METADATA
# title: Policies that admit privileged containers
# description: PodSecurityPolicies that let privileged containers in, where none refuses them.
# scope: package
# custom:
#   kinds: [policy/PodSecurityPolicy]
package armo_builtins

import data.holdfast.lib.pod_security_policy
import rego.v1

deny contains finding if some finding in pod_security_policy.findings_switched_on("privileged")
