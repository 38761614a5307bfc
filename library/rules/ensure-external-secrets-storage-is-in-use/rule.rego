# METADATA
# title: Secrets that come from the cluster itself
# description: Finds workloads that use secrets of Kubernetes, or mean to mount some from an external store without saying which.
# scope: package
# custom:
#   kinds: [Pod, ReplicationController, apps/Deployment, apps/ReplicaSet, apps/DaemonSet, apps/StatefulSet, batch/Job, batch/CronJob]
package armo_builtins

import data.holdfast.lib.workload
import rego.v1

deny contains finding if {
	some obj in input
	spec := workload.pod_spec(obj)
	not uses_store(spec)
	paths := [sprintf("%s.%s", [workload.pod_path(obj), path]) | some path in array.concat(secret_volumes(spec), secret_variables(spec))]
	fixes := [fix |
		some i, volume in spec.volumes
		lacks_class(volume)
		fix := {
			"path": sprintf("%s.volumes[%d].csi.volumeAttributes.secretProviderClass", [workload.pod_path(obj), i]),
			"choose": "The SecretProviderClass that says which secrets of which store this volume holds.",
		}
	]
	count(paths) + count(fixes) > 0
	finding := {
		"alertMessage": sprintf("%s takes no secrets from an external store", [workload.label(obj)]),
		"alertObject": {"k8sApiObjects": [obj]},
		"failedPaths": paths,
		"reviewPaths": paths,
		"deletePaths": [],
		"fixPaths": fixes,
		"noFix": "The application reads these secrets: move them to a store, mount them from there under the same paths, then take these out.",
	}
}

uses_store(spec) if spec.volumes[_].csi.volumeAttributes.secretProviderClass != ""

secret_volumes(spec) := array.concat(
	[sprintf("volumes[%d].secret", [i]) | some i, volume in spec.volumes; volume.secret != null],
	[sprintf("volumes[%d].projected.sources[%d].secret", [i, j]) | some i, volume in spec.volumes; some j, source in volume.projected.sources; source.secret != null],
)

secret_variables(spec) := array.concat(
	[sprintf("%s[%d].env[%d].valueFrom.secretKeyRef", [list, i, j]) |
		some list in workload.container_lists
		some i, container in spec[list]
		some j, variable in container.env
		variable.valueFrom.secretKeyRef != null
	],
	[sprintf("%s[%d].envFrom[%d].secretRef", [list, i, j]) |
		some list in workload.container_lists
		some i, container in spec[list]
		some j, source in container.envFrom
		source.secretRef != null
	],
)

# A volume of the driver for secret stores, or of none, or one that was left without any source.
lacks_class(volume) if object.get(volume.csi, "driver", "secrets-store.csi.k8s.io") == "secrets-store.csi.k8s.io"

lacks_class(volume) if {
	volume.name != null
	not has_source(volume)
}

has_source(volume) if {
	some field, value in volume
	field != "name"
	value != null
}
