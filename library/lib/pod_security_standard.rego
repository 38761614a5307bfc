# METADATA
# title: Pod Security Standards
# description: The values that the standards allow, as the Kubernetes documentation lists them for version 1.34, spelled as admission compares them.
package holdfast.lib.pod_security_standard

import rego.v1

# What baseline lets a container add.
baseline_capabilities := {
	"AUDIT_WRITE", "CHOWN", "DAC_OVERRIDE", "FOWNER", "FSETID", "KILL", "MKNOD",
	"NET_BIND_SERVICE", "SETFCAP", "SETGID", "SETPCAP", "SETUID", "SYS_CHROOT",
}

# What restricted lets a container add.
restricted_capabilities := {"NET_BIND_SERVICE"}

# The types of SELinux under which containers run. The last is allowed since Kubernetes 1.31.
selinux_types := {"", "container_t", "container_init_t", "container_kvm_t", "container_engine_t"}

# Sysctls that concern the pod alone. The last two are allowed since Kubernetes 1.32.
sysctls := {
	"kernel.shm_rmid_forced", "net.ipv4.ip_local_port_range", "net.ipv4.ip_unprivileged_port_start",
	"net.ipv4.tcp_syncookies", "net.ipv4.ping_group_range", "net.ipv4.ip_local_reserved_ports",
	"net.ipv4.tcp_keepalive_time", "net.ipv4.tcp_fin_timeout", "net.ipv4.tcp_keepalive_intvl",
	"net.ipv4.tcp_keepalive_probes", "net.ipv4.tcp_rmem", "net.ipv4.tcp_wmem",
}

# The sources of volumes that restricted knows.
volume_types := {"configMap", "csi", "downwardAPI", "emptyDir", "ephemeral", "persistentVolumeClaim", "projected", "secret"}

# The profiles of seccomp and AppArmor that confine a process. One that isn't named counts as none of ours to judge.
confining_profiles := {"RuntimeDefault", "Localhost"}

# The type of profile that a security context names in a field; undefined where it names none.
profile_type(context, field) := type if {
	type := context[field].type
	not type in {null, ""}
}
