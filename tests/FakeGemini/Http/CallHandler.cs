using System.Text.Json;

namespace GeminiBalance.FakeGemini;

/// <summary>One request from credentials to answer.</summary>
internal sealed class CallHandler(FakeGeminiOptions options, FakeStats stats, FakeKnobs knobs, QuotaBook quotas, RequestLog log, AnswerIds ids, TimeProvider time, CancellationToken stopping)
{
    private const string JsonType = "application/json; charset=UTF-8";
    private readonly HashSet<string> keys = new(options.Keys, StringComparer.Ordinal);
    private readonly ModelCatalog catalog = new(options.ExtraModels);
    private readonly ModelsEndpoint models = new(new ModelCatalog(options.ExtraModels));
    private readonly GenerateContent generate = new(ids, stats);
    private readonly Random latencies = new(options.Seed);

    /// <returns>Whether the path was one of the API's.</returns>
    public async Task AnswerAsync(FakeCall call, string path)
    {
        call.Body = await RequestBody.ReadAsync(call.Context.Request.BodyReader, call.Aborted);
        call.IsCompatible = path.StartsWith("openai/", StringComparison.Ordinal);
        var refusal = Route(call, path) ? Credentials.Check(call, options, keys) : FakeErrors.Page404;
        if (log.IsOn)
        {
            log.Add(call, time.GetUtcNow());
        }

        call.Knob = knobs.Take(call);
        var output = new AnswerBody(call, time, stopping);
        if (call.Knob is { } knob)
        {
            await output.DelayAsync((knob.FirstByteDelayMs ?? 0) + Latency(knob));
        }

        if (refusal is not null)
        {
            await RefuseAsync(call, output, refusal);
        }
        else if (call.Method is "models.list" or "models.get")
        {
            await AnswerModelsAsync(call, output);
        }
        else
        {
            await AnswerMethodAsync(call, output);
        }
    }

    private static bool Route(FakeCall call, string path)
    {
        var isGet = HttpMethods.IsGet(call.Context.Request.Method);
        if (path == "models")
        {
            call.Method = "models.list";
            return isGet;
        }

        if (!path.StartsWith("models/", StringComparison.Ordinal))
        {
            return false;
        }

        var rest = path["models/".Length..];
        var colon = rest.LastIndexOf(':');
        call.Model = colon < 0 ? rest : rest[..colon];
        call.Method = colon < 0 ? "models.get" : rest[(colon + 1)..];
        var isStream = call.Method == "streamGenerateContent";
        call.IsEventStream = isStream && call.Context.Request.Query["alt"] == "sse";
        call.IsArrayStream = isStream && !call.IsEventStream;
        return isGet == colon < 0 && !call.Model.Contains('/');
    }

    private static FakeError InvalidJson(JsonException exception)
    {
        var description = $"Invalid JSON payload received. Unexpected token.\n{exception.Message.Split('.')[0]}\n^";
        return FakeError.Invalid(description, writer => ErrorDetails.BadRequest(writer, [("", description)]));
    }

    private static long InputTokens(FakeCall call, JsonElement request) => call.Method switch
    {
        "generateContent" or "streamGenerateContent" => PromptTokens.Of(request),
        "embedContent" or "batchEmbedContents" => Embeddings.PromptTokensOf(request),
        _ => 0,
    };

    private async Task AnswerModelsAsync(FakeCall call, AnswerBody output)
    {
        var query = call.Context.Request.Query;
        if (KnobError(call) is { } asked)
        {
            await RefuseAsync(call, output, asked);
        }
        else if (call.Method == "models.list")
        {
            var page = models.Page(query["pageSize"], query["pageToken"]);
            await (page is null ? RefuseAsync(call, output, FakeErrors.Create(FakeErrorKind.InvalidArgument, call)) : output.SendAsync(200, JsonType, page));
        }
        else
        {
            var one = models.One(call.Model);
            await (one is null ? RefuseAsync(call, output, FakeErrors.ModelNotFound(call.Model, "getModel")) : output.SendAsync(200, JsonType, one));
        }
    }

    private async Task AnswerMethodAsync(FakeCall call, AnswerBody output)
    {
        if (catalog.Find(call.Model) is not { } model)
        {
            await RefuseAsync(call, output, FakeErrors.ModelNotFound(call.Model, call.Method.Replace("streamG", "g", StringComparison.Ordinal)));
            return;
        }

        JsonDocument? request = null;
        FakeError? error = null;
        try
        {
            request = JsonDocument.Parse(call.Body);
        }
        catch (JsonException exception)
        {
            error = InvalidJson(exception);
        }

        using (request)
        {
            var root = request?.RootElement ?? default;
            var quota = call.Method == "countTokens" ? null : quotas.Admit(call, error is null ? InputTokens(call, root) : 0);
            error = KnobError(call) ?? quota ?? error;
            if (error is not null)
            {
                await RefuseAsync(call, output, error);
            }
            else if (call.Knob?.Body is { } body)
            {
                await output.SendAsync(call.Knob.Status ?? 200, call.Knob.ContentType ?? JsonType, System.Text.Encoding.UTF8.GetBytes(body));
            }
            else
            {
                await AnswerAsync(call, model, root, output);
            }
        }
    }

    private async Task AnswerAsync(FakeCall call, FakeModel model, JsonElement request, AnswerBody output)
    {
        switch (call.Method)
        {
            case "generateContent" or "streamGenerateContent":
                await generate.AnswerAsync(call, model, request, output);
                break;
            case "countTokens":
                await output.SendAsync(200, JsonType, CountTokens.Answer(request));
                break;
            case "embedContent" or "batchEmbedContents":
                var isBatch = call.Method == "batchEmbedContents";
                await (Embeddings.Check(request, model, isBatch) is { } error
                    ? RefuseAsync(call, output, error)
                    : output.SendAsync(200, JsonType, Embeddings.Answer(request, model, isBatch)));
                break;
            case "predict":
                await output.SendAsync(200, JsonType, Predict.Answer(request));
                break;
            default:
                // What upstream adds next is answered too, so that a proxy can show that it passes it on.
                await output.SendAsync(200, JsonType, GoogleJson.Pretty(writer =>
                {
                    writer.WriteStartObject();
                    writer.WriteString("name", $"models/{call.Model}/operations/{ids.NextCallId()}");
                    writer.WriteEndObject();
                }));
                break;
        }
    }

    private static FakeError? KnobError(FakeCall call)
    {
        if (call.Knob is not { Body: null } knob || (knob.Error is null && knob.Status is null or 200))
        {
            return null;
        }

        var error = FakeErrors.Create(knob.Error ?? FakeErrors.KindOf(knob.Status!.Value), call, knob);
        return knob.Status is { } status ? error with { Status = status } : error;
    }

    private static async Task RefuseAsync(FakeCall call, AnswerBody output, FakeError error)
    {
        // Recorded: the error of an event stream is JSON under the stream's own content type.
        var type = error.IsPage ? "text/html; charset=UTF-8" : call.IsEventStream ? "text/event-stream" : JsonType;
        await output.SendAsync(error.Status, type, error.ToBytes(call.IsCompatible || call.IsArrayStream));
    }

    private double Latency(Knob knob)
    {
        if (knob.LatencyMedianMs is not { } median)
        {
            return 0;
        }

        double uniform, other;
        lock (latencies)
        {
            (uniform, other) = (1 - latencies.NextDouble(), latencies.NextDouble());
        }

        var normal = Math.Sqrt(-2 * Math.Log(uniform)) * Math.Cos(2 * Math.PI * other);
        return median * Math.Exp((knob.LatencySigma ?? 0.5) * normal);
    }
}
