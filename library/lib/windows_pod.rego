# METADATA
# title: Windows pods
# description: Pods for Windows nodes, and the settings that only these have.
package holdfast.lib.windows_pod

import data.holdfast.lib.workload
import rego.v1

# Every container of every Windows pod: [workload, pod spec, list, index, container].
containers contains [obj, spec, list, i, container] if {
	some obj in input
	spec := workload.pod_spec(obj)
	runs_windows(spec)
	some list in workload.container_lists
	some i, container in spec[list]
}

# Whether a pod says that it is for Windows.
runs_windows(spec) if workload.windows(spec)

runs_windows(spec) if {
	some label in ["kubernetes.io/os", "beta.kubernetes.io/os"]
	spec.nodeSelector[label] == "windows"
}

runs_windows(spec) if says_something(spec.securityContext.windowsOptions)

runs_windows(spec) if {
	some list in workload.container_lists
	some container in spec[list]
	says_something(container.securityContext.windowsOptions)
}

says_something(options) if {
	some _, value in options
	not value in {null, ""}
}

# An option as it takes effect: the container's own, else the pod's. Undefined where neither says anything.
option(spec, container, name) := value if {
	value := container.securityContext.windowsOptions[name]
	not value in {null, ""}
}

else := value if {
	value := spec.securityContext.windowsOptions[name]
	not value in {null, ""}
}

# Where that option stands, or belongs if it is set nowhere.
option_path(obj, spec, list, i, name) := sprintf("%s.securityContext.windowsOptions.%s", [workload.pod_path(obj), name]) if {
	option(spec, {}, name)
	object.get(spec[list][i], ["securityContext", "windowsOptions", name], null) in {null, ""}
}

else := sprintf("%s.securityContext.windowsOptions.%s", [workload.container_path(obj, list, i), name])
