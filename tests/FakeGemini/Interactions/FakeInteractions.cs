using System.Collections.Concurrent;
using System.Text.Json;
using System.Text.Json.Nodes;

namespace GeminiBalance.FakeGemini;

/// <summary>The Interactions API. What it stores belongs to the project of the key that made it; for any other it is not there.</summary>
internal sealed class FakeInteractions(FakeGeminiOptions options, FakeStats stats, QuotaBook quotas, AnswerIds ids, FakeResources resources, ModelCatalog catalog, TimeProvider time)
{
    private const string JsonType = "application/json; charset=UTF-8";
    private const string Collection = "interactions";
    private readonly ConcurrentDictionary<string, StoredInteraction> stored = new(StringComparer.Ordinal);
    private readonly PlanBuilder plans = new(ids);
    private readonly InteractionBuilder builder = new(ids, time);

    /// <summary>Whether a path is about interactions.</summary>
    public static bool Find(FakeCall call, string path)
    {
        if (path != Collection && !path.StartsWith(Collection + "/", StringComparison.Ordinal))
        {
            return false;
        }

        call.InteractionPath = path[Collection.Length..].Trim('/');
        call.Method = Collection;
        if (call.Body.Length > 0 && TryParse(call, out var body) is null && body is { RootElement.ValueKind: JsonValueKind.Object })
        {
            using (body)
            {
                call.Model = body.RootElement.Text("model") ?? body.RootElement.Text("agent") ?? "";
                call.Model = call.Model.StartsWith("models/", StringComparison.Ordinal) ? call.Model["models/".Length..] : call.Model;
                call.IsEventStream = body.RootElement.IsTrue("stream");
            }
        }

        call.IsEventStream |= call.Context.Request.Query["stream"] == "true" || call.Context.Request.Query["alt"] == "sse";
        return true;
    }

    public void Clear() => stored.Clear();

    /// <returns>The refusal, when nothing was sent.</returns>
    public async Task<FakeError?> AnswerAsync(FakeCall call, AnswerBody output, Func<FakeError?> knobError)
    {
        var verb = call.Context.Request.Method;
        if (call.InteractionPath!.Length == 0)
        {
            return HttpMethods.IsPost(verb) ? await CreateAsync(call, output, knobError) : FakeErrors.Page404;
        }

        if (knobError() is { } asked)
        {
            return asked;
        }

        var id = call.InteractionPath.Split('/')[0];
        if (!stored.TryGetValue(id, out var found) || found.Payer != options.PayerOf(call.Key))
        {
            return InteractionErrors.NotFound(id);
        }

        switch (verb, call.InteractionPath[id.Length..])
        {
            case ("GET", "") when call.IsEventStream:
                found.Finish();
                await StreamAsync(call, output, found, call.Context.Request.Query["last_event_id"]);
                return null;
            case ("GET", ""):
                found.Look();
                await SendAsync(output, found.Show());
                return null;
            case ("DELETE", ""):
                stored.TryRemove(id, out _);
                await SendAsync(output, []);
                return null;
            case ("POST", "/cancel") when found.IsRunning:
                found.Status = "cancelled";
                await SendAsync(output, found.Show());
                return null;
            case ("POST", "/cancel"):
                return InteractionErrors.Precondition("Only background interactions that are still running can be cancelled.");
            default:
                return FakeErrors.Page404;
        }
    }

    private static FakeError? TryParse(FakeCall call, out JsonDocument? body)
    {
        try
        {
            body = WellFormedJson.Parse(call.Body);
            return null;
        }
        catch (JsonException)
        {
            body = null;
            return FakeError.Invalid("The request is not valid JSON.");
        }
    }

    private async Task<FakeError?> CreateAsync(FakeCall call, AnswerBody output, Func<FakeError?> knobError)
    {
        if (TryParse(call, out var body) is { } broken)
        {
            return broken;
        }

        using (body)
        {
            var request = body!.RootElement;
            var (model, refusal) = Check(call, request);
            var before = Previous(call, request, ref refusal);
            using var native = refusal is null ? JsonDocument.Parse(InteractionPrompt.ToNative(request, before).ToJsonString()) : null;
            refusal ??= quotas.Admit(call, PromptTokens.Of(native!.RootElement));
            refusal = knobError() ?? refusal ?? resources.Check(call, native!.RootElement);
            if (refusal is not null)
            {
                return refusal;
            }

            await MakeAsync(call, output, request, native!.RootElement, model!);
            return null;
        }
    }

    private (FakeModel? Model, FakeError? Refusal) Check(FakeCall call, JsonElement request)
    {
        if (InteractionPrompt.Check(request) is { } wrong)
        {
            return (null, wrong);
        }

        // Agents are models that take longer.
        var model = request.Text("agent") is { } agent ? agent.StartsWith("deep-research", StringComparison.Ordinal) ? catalog.Find("gemini-2.5-pro") : null : catalog.Find(call.Model);
        return (model, model is null ? FakeErrors.ModelNotFound(call.Model, "interactions") : null);
    }

    private IReadOnlyList<JsonNode> Previous(FakeCall call, JsonElement request, ref FakeError? refusal)
    {
        if (refusal is not null || request.Text("previous_interaction_id") is not { } id)
        {
            return [];
        }

        if (!stored.TryGetValue(id, out var found) || found.Payer != options.PayerOf(call.Key))
        {
            refusal = InteractionErrors.NotFound(id);
            return [];
        }

        refusal = found.IsRunning ? InteractionErrors.Precondition("The previous interaction is not completed.") : null;
        return found.Turns;
    }

    private async Task MakeAsync(FakeCall call, AnswerBody output, JsonElement request, JsonElement native, FakeModel model)
    {
        var plan = plans.Build(model, NativePrompt.Read(native), call.Knob?.Empty == true);
        stats.Tokens(plan.PromptTokens, plan.OutputTokens);
        var made = builder.Build(request, plan, [.. JsonNode.Parse(native.GetRawText())!["contents"]!.AsArray().Select(turn => turn!.DeepClone())], options.PayerOf(call.Key));
        made.Status = request.IsTrue("background") ? "in_progress" : made.Status;
        if (made.Done.ContainsKey("id"))
        {
            stored[made.Id] = made;
        }

        await output.DelayAsync(plan.FirstByteDelayMs);
        if (call.IsEventStream)
        {
            await StreamAsync(call, output, made, lastEventId: null, plan.EventDelayMs);
            made.Finish();
        }
        else
        {
            await SendAsync(output, made.Show());
        }
    }

    private static async Task StreamAsync(FakeCall call, AnswerBody output, StoredInteraction made, string? lastEventId, double eventDelayMs = 0)
    {
        if (!await output.StartAsync(200, "text/event-stream", length: null))
        {
            return;
        }

        var first = string.IsNullOrEmpty(lastEventId) ? 0 : 1 + Enumerable.Range(0, made.Events.Count).First(index => InteractionBuilder.EventId(index) == lastEventId);
        for (var index = first; index < made.Events.Count && !output.IsOver; index++)
        {
            await output.DelayAsync(index > first ? eventDelayMs : 0);
            await output.WriteEventAsync(made.Events[index]);
        }
    }

    private static Task SendAsync(AnswerBody output, JsonObject body) => output.SendAsync(200, JsonType, GoogleJson.Pretty(writer => body.WriteTo(writer)));
}
