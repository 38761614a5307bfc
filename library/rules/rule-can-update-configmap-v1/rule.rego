# METADATA
# title: Rights to change the configuration of the cluster DNS
# description: Finds every subject of a binding whose role lets it change ConfigMaps where the configuration of CoreDNS lies.
# scope: package
# custom:
#   kinds: [rbac.authorization.k8s.io/Role, rbac.authorization.k8s.io/ClusterRole, rbac.authorization.k8s.io/RoleBinding, rbac.authorization.k8s.io/ClusterRoleBinding]
#   aggregate: subject-role-rolebinding
package armo_builtins

import data.holdfast.lib.risky_right
import data.holdfast.lib.workload
import rego.v1

deny contains finding if {
	some subject in input
	reaches_cluster_dns(subject.relatedObjects[0])
	some finding in risky_right.findings(subject, {
		"may": "change the configuration of the cluster's DNS",
		"grants": [{"groups": {""}, "resources": {"configmaps"}, "verbs": {"update", "patch"}, "names": "(?i)dns"}],
		"cluster_scoped": false,
		"advice": "Which ConfigMaps the subject writes is known to its owner: bind the role in the namespaces where they are, or name them in resourceNames.",
	})
}

# The configuration of the cluster's DNS lies in a namespace of the system, which a binding in another one doesn't reach.
reaches_cluster_dns(binding) if binding.kind == "ClusterRoleBinding"

reaches_cluster_dns(binding) if workload.namespace(binding) in {"kube-system", "openshift-dns"}
