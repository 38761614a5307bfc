# METADATA
# title: API server that allows everything
# description: Finds API servers whose authorization mode is AlwaysAllow, or that name none and so have it.
# scope: package
# custom:
#   kinds: [Pod]
#   needs: control-plane-pods
package armo_builtins

import rego.v1

import data.holdfast.lib.control_plane_process
import data.holdfast.lib.process_flag

deny contains control_plane_process.finding(process, "The API server %v allows every request that is authenticated", fault) if {
	some process in control_plane_process.of("kube-apiserver")
	fault := allowing_fault(process)
}

# It is the mode of an API server that is given neither a mode nor a file of authorizers.
allowing_fault(process) := {"fixPaths": [process_flag.added(process, 0, "--authorization-mode=Node,RBAC", question("Node,RBAC"))]} if {
	not process_flag.given(process, "--authorization-mode")
	not process_flag.given(process, "--authorization-config")
}

# Alone, it gives way to RBAC.
else := {"failedPaths": [mode.path], "fixPaths": [process_flag.changed(mode, "RBAC", question("RBAC"))]} if {
	mode := process_flag.setting(process, "--authorization-mode")
	process_flag.listed(mode) == ["AlwaysAllow"]
}

else := process_flag.holding_fault(process, "--authorization-mode", "AlwaysAllow", question("the modes that remain"))

question(modes) := sprintf("Whether roles and bindings are ready for %s, so that nodes and people keep the rights that they need.", [modes])
