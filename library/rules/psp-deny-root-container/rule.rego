# METADATA
# title: Policies that admit root
# description: PodSecurityPolicies that let containers run as root, where none refuses them.
# scope: package
# custom:
#   kinds: [policy/PodSecurityPolicy]
package armo_builtins

import data.holdfast.lib.pod_security_policy
import data.holdfast.lib.workload
import rego.v1

deny contains finding if {
	every policy in pod_security_policy.policies {
		admits_root(policy)
	}
	some policy in pod_security_policy.policies
	finding := {
		"alertMessage": sprintf("%s admits containers that run as root, and no other policy refuses them", [workload.label(policy)]),
		"alertObject": {"k8sApiObjects": [policy]},
		"failedPaths": ["spec.runAsUser.rule"],
		"noFix": "The rule can't be left out. Set it to MustRunAsNonRoot, or to MustRunAs with ranges above 0, once the pods under this policy are known to run so.",
	}
}

admits_root(policy) if not limits_users(policy)

admits_root(policy) if {
	policy.spec.runAsUser.rule == "MustRunAs"
	some range in policy.spec.runAsUser.ranges
	object.get(range, "min", 0) <= 0
}

limits_users(policy) if policy.spec.runAsUser.rule in {"MustRunAsNonRoot", "MustRunAs"}
