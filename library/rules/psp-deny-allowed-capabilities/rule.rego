# METADATA
# title: Policies that admit added capabilities
# description: PodSecurityPolicies that let containers add capabilities, where none refuses them.
# scope: package
# custom:
#   kinds: [policy/PodSecurityPolicy]
package armo_builtins

import data.holdfast.lib.pod_security_policy
import data.holdfast.lib.workload
import rego.v1

deny contains finding if {
	every policy in pod_security_policy.policies {
		count(lists(policy)) > 0
	}
	some policy in pod_security_policy.policies
	finding := {
		"alertMessage": sprintf("%s admits containers with added capabilities, and no other policy refuses them", [workload.label(policy)]),
		"alertObject": {"k8sApiObjects": [policy]},
		"deletePaths": lists(policy),
	}
}

# What a policy lets containers add, and what it adds to all of them itself.
lists(policy) := [sprintf("spec.%s", [list]) |
	some list in ["allowedCapabilities", "defaultAddCapabilities"]
	count(policy.spec[list]) > 0
]
