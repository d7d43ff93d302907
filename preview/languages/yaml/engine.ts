import { credentials, type ServiceError } from "@grpc/grpc-js";
import { EngineClient } from "@pulumi/pulumi/proto/engine_grpc_pb";
import { LogRequest, LogSeverity } from "@pulumi/pulumi/proto/engine_pb";
import type { InvokeResponse } from "@pulumi/pulumi/proto/provider_pb";
import { ResourceMonitorClient } from "@pulumi/pulumi/proto/resource_grpc_pb";
import {
  ReadResourceRequest,
  type ReadResourceResponse,
  RegisterResourceOutputsRequest,
  RegisterResourceRequest,
  type RegisterResourceResponse,
  ResourceInvokeRequest,
} from "@pulumi/pulumi/proto/resource_pb";
import { SourcePosition } from "@pulumi/pulumi/proto/source_pb";
import { Empty } from "google-protobuf/google/protobuf/empty_pb";
import { type JavaScriptValue, Struct } from "google-protobuf/google/protobuf/struct_pb";
import type { Raw } from "../../../policies/value";

/** What is said of a resource when it is registered or read. */
interface Registration {
  type: string;
  name: string;
  parent: string;
  inputs: Raw;
  provider?: string;
  position?: { url: string; line: number; column: number } | undefined;
}

interface Made {
  urn: string;
  id: string;
  outputs: Raw;
}

const limits = { "grpc.max_receive_message_length": -1, "grpc.max_send_message_length": -1 };

/** The other side of a preview, as the SDKs of all languages speak to it. */
export class Engine {
  private readonly monitor: ResourceMonitorClient;
  private readonly engine: EngineClient;

  constructor(address: string) {
    this.monitor = new ResourceMonitorClient(address, credentials.createInsecure(), limits);
    this.engine = new EngineClient(address, credentials.createInsecure(), limits);
  }

  close(): void {
    this.monitor.close();
    this.engine.close();
  }

  async register(
    resource: Registration & {
      custom: boolean;
      remote?: boolean;
      import?: string | undefined;
      providers?: ReadonlyMap<string, string>;
      dependencies?: readonly string[];
      sources?: ReadonlyMap<string, readonly string[]>;
    },
  ): Promise<Made> {
    const { custom, remote = false, providers = [], dependencies = [], sources = [] } = resource;
    const request = new RegisterResourceRequest()
      .setType(resource.type)
      .setName(resource.name)
      .setParent(resource.parent)
      .setCustom(custom)
      .setRemote(remote)
      .setObject(struct(resource.inputs))
      .setProvider(resource.provider ?? "")
      .setImportid(resource.import ?? "")
      .setDependenciesList([...dependencies])
      .setSourceposition(position(resource))
      .setAcceptsecrets(true)
      .setAcceptresources(true);
    for (const [pkg, reference] of providers) request.getProvidersMap().set(pkg, reference);
    for (const [property, urns] of sources) {
      const named = new RegisterResourceRequest.PropertyDependencies().setUrnsList([...urns]);
      request.getPropertydependenciesMap().set(property, named);
    }
    const reply = await answer<RegisterResourceResponse>((done) =>
      this.monitor.registerResource(request, done),
    );
    return { urn: reply.getUrn(), id: reply.getId(), outputs: raw(reply.getObject()) };
  }

  async read(resource: Registration & { id: string }): Promise<Made> {
    const request = new ReadResourceRequest()
      .setType(resource.type)
      .setName(resource.name)
      .setParent(resource.parent)
      .setId(resource.id)
      .setProperties(struct(resource.inputs))
      .setProvider(resource.provider ?? "")
      .setSourceposition(position(resource))
      .setAcceptsecrets(true)
      .setAcceptresources(true);
    const reply = await answer<ReadResourceResponse>((done) => this.monitor.readResource(request, done));
    return { urn: reply.getUrn(), id: resource.id, outputs: raw(reply.getProperties()) };
  }

  async invoke(token: string, args: Raw, provider = ""): Promise<Raw> {
    const request = new ResourceInvokeRequest()
      .setTok(token)
      .setArgs(struct(args))
      .setProvider(provider)
      .setAcceptresources(true);
    const reply = await answer<InvokeResponse>((done) => this.monitor.invoke(request, done));
    return raw(reply.getReturn());
  }

  /** The program has come to its end. */
  async finish(stack: string): Promise<void> {
    const outputs = new RegisterResourceOutputsRequest().setUrn(stack).setOutputs(struct({}));
    await answer((done) => this.monitor.registerResourceOutputs(outputs, done));
    await answer((done) => this.monitor.signalAndWaitForShutdown(new Empty(), done));
  }

  async log(severity: "WARNING" | "ERROR", message: string): Promise<void> {
    const request = new LogRequest().setSeverity(LogSeverity[severity]).setMessage(message);
    await answer((done) => this.engine.log(request, done));
  }
}

const struct = (value: Raw) => Struct.fromJavaScript(value as Record<string, JavaScriptValue>);
const raw = (value: Struct | undefined): Raw => (value ? (value.toJavaScript() as Raw) : {});

function position({ position: at }: Registration): SourcePosition | undefined {
  return at && new SourcePosition().setUri(at.url).setLine(at.line).setColumn(at.column);
}

function answer<A>(ask: (done: (error: ServiceError | null, reply: A) => void) => unknown): Promise<A> {
  return new Promise((done, fail) => {
    ask((error, reply) => {
      if (error) fail(new Error(error.details));
      else done(reply);
    });
  });
}
