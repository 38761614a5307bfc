# METADATA
# title: Bindings of service accounts
# description: The bindings that give a service account rights of its own.
package holdfast.lib.account_binding

import rego.v1

# The RoleBindings and ClusterRoleBindings that name the account. The groups that all accounts belong to don't count.
of(namespace, name) := [input[place] | some place in object.get(places, key(namespace, name), [])]

# A complete document, so that it is made once and not account by account.
places := collected

collected[key(subject_namespace(binding, subject), subject.name)] contains place if {
	some place, binding in input
	binding.kind in {"RoleBinding", "ClusterRoleBinding"}
	some subject in binding.subjects
	subject.kind == "ServiceAccount"
}

# A subject without a namespace is of the RoleBinding's own.
subject_namespace(binding, subject) := subject.namespace if not subject.namespace in {"", null}

else := binding.metadata.namespace if binding.kind == "RoleBinding"

key(namespace, name) := sprintf("%v/%v", [namespace, name])
