# METADATA
# title: AppArmor switched off
# description: Pods and containers, by field or by annotation, that run under no AppArmor profile or one that the standards do not know.
# scope: package
# custom:
#   kinds: [Pod, ReplicationController, apps/Deployment, apps/ReplicaSet, apps/DaemonSet, apps/StatefulSet, batch/Job, batch/CronJob]
package armo_builtins

import data.holdfast.lib.pod_security_standard
import data.holdfast.lib.security_context
import data.holdfast.lib.workload
import rego.v1

deny contains finding if {
	some obj in input
	some place in security_context.places(obj)
	type := pod_security_standard.profile_type(place.context, "appArmorProfile")
	not type in pod_security_standard.confining_profiles
	repair := workload.repair(place.list, [{"path": sprintf("%s.appArmorProfile.type", [security_context.path(obj, place)]), "value": "RuntimeDefault"}])
	finding := security_context.finding(obj, place, sprintf("runs under the AppArmor profile %v", [type]), repair)
}

# The way to say it before Kubernetes 1.30, still obeyed where the field is missing.
deny contains finding if {
	some obj in input
	path := sprintf("%smetadata.annotations", [trim_suffix(workload.pod_path(obj), "spec")])
	some key, profile in object.get(obj, split(path, "."), {})
	startswith(key, "container.apparmor.security.beta.kubernetes.io/")
	not known(profile)
	finding := {
		"alertMessage": sprintf("%s has the AppArmor profile %v for a container, by annotation", [workload.label(obj), profile]),
		"alertObject": {"k8sApiObjects": [obj]},
		"fixPaths": [{"path": sprintf("%s[%s]", [path, key]), "value": "runtime/default"}],
	}
}

known(profile) if profile in {"", "runtime/default"}

known(profile) if startswith(profile, "localhost/")
