# METADATA
# title: Roles of service accounts
# description: Which roles the service account of a workload has in the whole cluster, through any binding that names it or a group that it is in.
package holdfast.lib.account_role

import data.holdfast.lib.selector
import data.holdfast.lib.service_account
import data.holdfast.lib.workload
import rego.v1

# The bindings that give a pod's account rights in the whole cluster, each with a role: {binding, role}. None where the pod
# isn't given the account's token.
grants(obj, spec) := grants_to(workload.namespace(obj), service_account.account_name(spec)) if service_account.gives_token(obj, spec)

grants_to(namespace, account) := {grant |
	some name in names(namespace, account)
	some grant in granted[name]
}

# The names under which bindings may mean an account: its own, the one it has as a user, and those of its groups.
names(namespace, account) := [
	sprintf("ServiceAccount %s/%s", [namespace, account]),
	sprintf("User system:serviceaccount:%s:%s", [namespace, account]),
	sprintf("Group system:serviceaccounts:%s", [namespace]),
	"Group system:serviceaccounts",
	"Group system:authenticated",
]

granted[name] contains {"binding": binding, "role": role} if {
	some binding in input
	reaches_cluster(binding)
	some subject in binding.subjects
	name := subject_name(subject, binding)
	some role in roles(binding)
}

# Rights in kube-system are as good as rights everywhere: its accounts have them.
reaches_cluster(binding) if binding.kind == "ClusterRoleBinding"

reaches_cluster(binding) if binding.metadata.namespace == "kube-system"

# A binding in a namespace may leave out the namespace of an account of its own.
subject_name(subject, binding) := sprintf("ServiceAccount %s/%s", [account_namespace(subject, binding), subject.name]) if {
	subject.kind == "ServiceAccount"
}

account_namespace(subject, binding) := subject.namespace if not subject.namespace in {"", null}

else := workload.namespace(binding)

subject_name(subject, _) := sprintf("%s %s", [subject.kind, subject.name]) if subject.kind in {"User", "Group"}

# The roles that a binding refers to. Every cluster has cluster-admin; a role that collects others by label stands for these too.
roles(binding) := {role |
	some named in cluster_roles[binding.roleRef.name]
	some role in with_collected(named)
} if {
	binding.roleRef.kind == "ClusterRole"
	cluster_roles[binding.roleRef.name]
}

else := {cluster_admin} if {
	binding.roleRef.kind == "ClusterRole"
	binding.roleRef.name == "cluster-admin"
}

else := system_roles[binding.roleRef.name] if {
	binding.roleRef.kind == "Role"
	binding.kind == "RoleBinding"
}

cluster_roles[role.metadata.name] contains role if {
	some role in input
	role.kind == "ClusterRole"
}

# Of the bindings in namespaces only those of kube-system are asked about.
system_roles[role.metadata.name] contains role if {
	some role in input
	role.kind == "Role"
	role.metadata.namespace == "kube-system"
}

cluster_admin := {
	"apiVersion": "rbac.authorization.k8s.io/v1",
	"kind": "ClusterRole",
	"metadata": {"name": "cluster-admin"},
	"rules": [{"apiGroups": ["*"], "resources": ["*"], "verbs": ["*"]}],
}

with_collected(role) := {role} | {part |
	some labels in role.aggregationRule.clusterRoleSelectors
	some parts in cluster_roles
	some part in parts
	selector.selects(labels, object.get(part.metadata, "labels", {}))
}

# A finding about a workload that has such a role. `may` says what that allows.
finding(obj, spec, grant, may) := {
	"alertMessage": sprintf("%s runs as the service account %s, which may %s, through %s %s and %s %s", [
		workload.label(obj),
		service_account.of_pod(obj, spec),
		may,
		grant.binding.kind,
		grant.binding.metadata.name,
		grant.role.kind,
		grant.role.metadata.name,
	]),
	"alertObject": {"k8sApiObjects": [obj]},
	"failedPaths": [],
	"reviewPaths": [],
	"deletePaths": [],
	"fixPaths": [],
	"noFix": "Which rights the application uses can't be seen here: give its account a role with just those, in its own namespace.",
	"relatedObjects": [{"object": grant.binding, "reviewPaths": ["roleRef.name"]}, {"object": grant.role}],
}
