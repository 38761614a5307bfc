# METADATA
# title: Policies that admit privilege escalation
# description: PodSecurityPolicies that let containers gain privileges, where none refuses them.
# scope: package
# custom:
#   kinds: [policy/PodSecurityPolicy]
package armo_builtins

import data.holdfast.lib.pod_security_policy
import data.holdfast.lib.workload
import rego.v1

# A policy that says nothing about it allows it.
deny contains finding if {
	every policy in pod_security_policy.policies {
		not policy.spec.allowPrivilegeEscalation == false
	}
	some policy in pod_security_policy.policies
	finding := {
		"alertMessage": sprintf("%s admits containers that may gain privileges, and no other policy refuses them", [workload.label(policy)]),
		"alertObject": {"k8sApiObjects": [policy]},
		"failedPaths": ["spec.allowPrivilegeEscalation"],
		"noFix": "Set it to false once the pods under this policy are known to start without it. To remove it is no cure: the default allows it.",
	}
}
