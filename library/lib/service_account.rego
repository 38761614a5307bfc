# METADATA
# title: Service accounts
# description: Which service account a pod uses, and whether that account hands its token to pods.
package holdfast.lib.service_account

import data.holdfast.lib.workload
import rego.v1

# "namespace/name" of the account that a pod runs as.
of_pod(obj, spec) := sprintf("%s/%s", [workload.namespace(obj), account_name(spec)])

account_name(spec) := spec.serviceAccountName if not spec.serviceAccountName in {"", null}

else := spec.serviceAccount if not spec.serviceAccount in {"", null} # the old name of the field

else := "default"

# Whether a pod is handed the token of its account: because it or its account says so, because neither says anything, or
# through a volume that it asks for.
gives_token(_, spec) if spec.automountServiceAccountToken == true

gives_token(obj, spec) if {
	object.get(spec, "automountServiceAccountToken", null) == null
	not of_pod(obj, spec) in withholding
}

gives_token(_, spec) if spec.volumes[_].projected.sources[_].serviceAccountToken != null

# The accounts that give pods no token. An account that is described twice, and differently, is not counted among them.
withholding contains account if {
	some obj in input
	obj.kind == "ServiceAccount"
	obj.automountServiceAccountToken == false
	account := id(obj)
	not account in handing_out
}

handing_out contains id(obj) if {
	some obj in input
	obj.kind == "ServiceAccount"
	not obj.automountServiceAccountToken == false
}

id(obj) := sprintf("%s/%s", [workload.namespace(obj), obj.metadata.name])
