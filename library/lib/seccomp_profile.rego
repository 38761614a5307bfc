# METADATA
# title: Seccomp profiles
# description: Containers for which neither they nor their pod choose a filter of system calls.
package holdfast.lib.seccomp_profile

import data.holdfast.lib.workload
import rego.v1

# One finding for each container without a profile. Unconfined is what it says: none.
findings contains finding if {
	some obj in input
	spec := workload.pod_spec(obj)
	not workload.windows(spec)
	some list in workload.container_lists
	some i, container in spec[list]
	not filtered(spec, container)
	fixes := [{
		"path": workload.setting_path(obj, spec, list, i, "seccompProfile"),
		"choose": "{type: RuntimeDefault} for nearly everything; {type: Localhost, localhostProfile: FILE} with a profile of your own",
	}]
	finding := object.union(workload.repair(list, fixes), {
		"alertMessage": sprintf("%s may make every system call: no seccomp profile", [workload.container_label(obj, container)]),
		"alertObject": {"k8sApiObjects": [obj]},
	})
}

# Whether a profile that filters something takes effect on the container.
filtered(spec, container) if workload.setting(spec, container, "seccompProfile").type in {"RuntimeDefault", "Localhost"}
