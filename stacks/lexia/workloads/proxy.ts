import * as k8s from "@pulumi/kubernetes";
import * as pulumi from "@pulumi/pulumi";
import { systemPool } from "./pod";
import { Service, type ServiceArgs } from "./service";

interface ReverseProxyArgs extends Pick<ServiceArgs, "namespace" | "image" | "nodePort" | "pods"> {
  /** The addresses of load balancer and nodes, from which requests come. */
  cidr: string;
  /** The service behind it, as `name:port`. */
  upstream: string;
  after: pulumi.Resource[];
}

/** The reverse proxy: the only port that the cluster has to the outside. */
export class ReverseProxy extends pulumi.ComponentResource {
  constructor(name: string, args: ReverseProxyArgs, opts?: pulumi.ComponentResourceOptions) {
    super("lexia:workloads:ReverseProxy", name, {}, opts);
    const parent = { parent: this };
    const { cidr, upstream, ...about } = args;
    const [api = "", port] = upstream.split(":");
    const config = new k8s.core.v1.ConfigMap(
      name,
      {
        metadata: { namespace: args.namespace },
        immutable: true,
        data: { "nginx.conf": nginx(upstream, cidr) },
      },
      parent,
    );
    new Service(
      name,
      {
        ...about,
        command: ["nginx", "-g", "daemon off;"],
        port: 8080,
        healthPath: "/health/proxy",
        cpu: ["100m", "1"],
        memory: ["64Mi", "256Mi"],
        pool: systemPool,
        volumes: [{ name: "config", configMap: { name: config.metadata.name } }],
        mounts: [
          { name: "config", mountPath: "/etc/nginx/nginx.conf", subPath: "nginx.conf", readOnly: true },
        ],
        from: [{ cidr, port: 8080 }],
        to: [{ app: api, port: Number(port) }],
      },
      parent,
    );
    this.registerOutputs();
  }
}

/** TLS ends at the load balancer; answers of the model are passed on word by word, recordings are not kept in between. */
const nginx = (upstream: string, cidr: string) => `worker_processes 2;
pid /tmp/nginx.pid;
error_log /dev/stderr warn;
events { worker_connections 4096; }
http {
  client_body_temp_path /tmp/client;
  proxy_temp_path /tmp/proxy;
  fastcgi_temp_path /tmp/fastcgi;
  uwsgi_temp_path /tmp/uwsgi;
  scgi_temp_path /tmp/scgi;
  log_format structured escape=json '{"time":"$time_iso8601","client":"$remote_addr","method":"$request_method",'
    '"path":"$uri","status":$status,"bytes":$body_bytes_sent,"seconds":$request_time,"id":"$request_id"}';
  access_log /dev/stdout structured;
  server_tokens off;
  client_max_body_size 500m;
  set_real_ip_from ${cidr};
  real_ip_header X-Forwarded-For;
  real_ip_recursive on;
  server {
    listen 8080;
    location = /health/proxy { access_log off; return 200; }
    location /metrics { return 404; }
    location / {
      proxy_pass http://${upstream};
      proxy_http_version 1.1;
      proxy_set_header Host $host;
      proxy_set_header Connection "";
      proxy_set_header X-Request-Id $request_id;
      proxy_set_header X-Forwarded-For $proxy_add_x_forwarded_for;
      proxy_set_header X-Forwarded-Proto $http_x_forwarded_proto;
      proxy_buffering off;
      proxy_request_buffering off;
      proxy_read_timeout 120s;
    }
  }
}
`;
