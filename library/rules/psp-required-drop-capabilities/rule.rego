# METADATA
# title: Policies that leave capabilities
# description: PodSecurityPolicies that do not make containers drop all capabilities, where none does.
# scope: package
# custom:
#   kinds: [policy/PodSecurityPolicy]
package armo_builtins

import data.holdfast.lib.capability
import data.holdfast.lib.pod_security_policy
import data.holdfast.lib.workload
import rego.v1

deny contains finding if {
	every policy in pod_security_policy.policies {
		not drops_all(policy)
	}
	some policy in pod_security_policy.policies
	dropped := object.get(policy.spec, "requiredDropCapabilities", null)
	finding := {
		"alertMessage": sprintf("%s leaves containers their capabilities, and no other policy takes them away", [workload.label(policy)]),
		"alertObject": {"k8sApiObjects": [policy]},
		"fixPaths": [{"path": sprintf("spec.requiredDropCapabilities[%d]", [count(entries(dropped))]), "value": "ALL"}],
	}
}

drops_all(policy) if {
	some written in policy.spec.requiredDropCapabilities
	capability.name(written) == "ALL"
}

entries(list) := list if is_array(list)

else := []
