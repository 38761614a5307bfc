{{- define "platform.securityContext" -}}
allowPrivilegeEscalation: false
runAsNonRoot: true
runAsUser: 10001
capabilities:
  drop:
    - ALL
  add:
    - NET_RAW
{{- with .Values.securityContext }}
{{ toYaml . }}
{{- end }}
{{- end -}}
