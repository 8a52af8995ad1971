using System.Text;
using System.Text.Json;

namespace GeminiBalance.FakeGemini;

/// <summary>One request from credentials to answer.</summary>
internal sealed class CallHandler(FakeGeminiOptions options, FakeStats stats, FakeKnobs knobs, QuotaBook quotas, RequestLog log, AnswerIds ids, FakeResources resources, FakeInteractions interactions, ModelCatalog catalog, TimeProvider time, CancellationToken stopping)
{
    private const string JsonType = "application/json; charset=UTF-8";
    private readonly HashSet<string> keys = new(options.Keys, StringComparer.Ordinal);
    private readonly GenerateContent generate = new(ids, stats);
    private readonly CompatibleChat chat = new(ids, stats, time);
    private readonly Random latencies = new(options.Seed);

    /// <returns>Whether the path was one of the API's.</returns>
    public async Task AnswerAsync(FakeCall call, string path)
    {
        call.Body = await RequestBody.ReadAsync(call.Context.Request.BodyReader, call.Aborted);
        var refusal = !FakeResources.Find(call, path) && !FakeInteractions.Find(call, path) && !CallRoute.Find(call, path) ? FakeErrors.Page404
            : FakeResources.NeedsNoKey(call) ? null
            : Credentials.Check(call, options, keys);
        if (log.IsOn)
        {
            log.Add(call, time.GetUtcNow());
        }

        if (call.IsCompatible && call.Body.Length > 0)
        {
            call.Model = CompatiblePrompt.ModelOf(call.Body);
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
        else if (call.ResourcePath is not null)
        {
            await (KnobError(call) is { } asked ? RefuseAsync(call, output, asked)
                : call.Knob?.Body is not null ? SendKnobBodyAsync(call, output)
                : resources.AnswerAsync(call, output));
        }
        else if (call.InteractionPath is not null)
        {
            await AnswerInteractionAsync(call, output);
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

    private static FakeError InvalidJson(JsonException exception)
    {
        var description = $"Invalid JSON payload received. Unexpected token.\n{exception.Message.Split('.')[0]}\n^";
        return FakeError.Invalid(description, writer => ErrorDetails.BadRequest(writer, [("", description)]));
    }

    private static long InputTokens(FakeCall call, JsonElement request) => call.Method switch
    {
        "generateContent" or "streamGenerateContent" => PromptTokens.Of(request),
        "embedContent" or "batchEmbedContents" => Embeddings.PromptTokensOf(request),
        "chat/completions" => CompatiblePrompt.Read(request).PromptTokens,
        "embeddings" => CompatibleLists.PromptTokensOf(request),
        _ => 0,
    };

    private async Task AnswerInteractionAsync(FakeCall call, AnswerBody output)
    {
        if (call.Knob?.Body is not null)
        {
            await SendKnobBodyAsync(call, output);
        }
        else if (await interactions.AnswerAsync(call, output, () => KnobError(call)) is { } error)
        {
            await output.SendAsync(error.Status, error.IsPage ? "text/html; charset=UTF-8" : JsonType, InteractionErrors.ToBytes(error));
        }
    }

    private Task AnswerModelsAsync(FakeCall call, AnswerBody output)
    {
        if (KnobError(call) is { } asked)
        {
            return RefuseAsync(call, output, asked);
        }

        if (call.Knob?.Body is not null)
        {
            return SendKnobBodyAsync(call, output);
        }

        var query = call.Context.Request.Query;
        var body = (call.Method, catalog.Find(call.Model)) switch
        {
            ("models.list", _) => call.IsCompatible ? CompatibleLists.Models(catalog) : ModelsEndpoint.Page(catalog, query["pageSize"], query["pageToken"]),
            (_, { } model) => call.IsCompatible ? CompatibleLists.Model(model) : ModelsEndpoint.One(model),
            _ => null,
        };
        return body is not null ? output.SendAsync(200, JsonType, body)
            : RefuseAsync(call, output, call.Method == "models.list" ? FakeErrors.Create(FakeErrorKind.InvalidArgument, call) : FakeErrors.ModelNotFound(call.Model, "getModel"));
    }

    private async Task AnswerMethodAsync(FakeCall call, AnswerBody output)
    {
        using var request = Parse(call, out var error);
        var root = request?.RootElement ?? default;
        if (catalog.Find(call.Model) is not { } model)
        {
            await RefuseAsync(call, output, FakeErrors.ModelNotFound(call.Model, call.IsCompatible || call.IsArrayStream || call.IsEventStream ? "generateContent" : call.Method));
            return;
        }

        var quota = call.Method is "countTokens" or "batchGenerateContent" or "asyncBatchEmbedContent" ? null : quotas.Admit(call, error is null ? InputTokens(call, root) : 0);
        error = KnobError(call) ?? quota ?? error;
        if (error is not null)
        {
            await RefuseAsync(call, output, error);
        }
        else if (call.Knob?.Body is not null)
        {
            await SendKnobBodyAsync(call, output);
        }
        else
        {
            await AnswerAsync(call, model, root, output);
        }
    }

    private static JsonDocument? Parse(FakeCall call, out FakeError? error)
    {
        try
        {
            error = null;
            return WellFormedJson.Parse(call.Body);
        }
        catch (JsonException exception)
        {
            error = InvalidJson(exception);
            return null;
        }
    }

    private FakeError? Check(FakeCall call, FakeModel model, JsonElement request)
    {
        if (options.RefuseUnknownFields && GeminiMessages.Of(call.Method) is { } message && PayloadChecker.Check(request, message) is { } error)
        {
            return error;
        }

        if (call.Method == "chat/completions" && options.RefuseUnknownFields)
        {
            return CompatiblePrompt.Check(request);
        }

        return call.Method is "generateContent" or "streamGenerateContent" ? RequestRules.Check(request, model, call.Method == "streamGenerateContent") : null;
    }

    private async Task AnswerAsync(FakeCall call, FakeModel model, JsonElement request, AnswerBody output)
    {
        if (Check(call, model, request) is { } refused)
        {
            await RefuseAsync(call, output, refused);
            return;
        }

        if (resources.Check(call, request) is { } missing)
        {
            await RefuseAsync(call, output, missing);
            return;
        }

        switch (call.Method)
        {
            case "batchGenerateContent" or "asyncBatchEmbedContent":
                var job = resources.CreateBatch(call, model, request);
                await output.SendAsync(200, JsonType, GoogleJson.Pretty(writer => job.WriteTo(writer)));
                break;
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
            case "chat/completions":
                await chat.AnswerAsync(call, model, request, output);
                break;
            case "embeddings":
                await output.SendAsync(200, JsonType, CompatibleLists.Embed(request, model));
                break;
            case "predict":
                await (Predict.Check(request, model) is { } wrong ? RefuseAsync(call, output, wrong) : output.SendAsync(200, JsonType, Predict.Answer(request)));
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

    private static Task SendKnobBodyAsync(FakeCall call, AnswerBody output) =>
        output.SendAsync(call.Knob!.Status ?? 200, call.Knob.ContentType ?? JsonType, Encoding.UTF8.GetBytes(call.Knob.Body!));

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
