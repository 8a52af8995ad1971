using GeminiBalance.Gateway.Endpoints;
using GeminiBalance.Gateway.Models;
using GeminiBalance.Gateway.Settings;
using GeminiBalance.Gateway.Upstream;
using GeminiBalance.Protocol.Interactions;

namespace GeminiBalance.Gateway.Interactions;

/// <summary>A request for an interaction as it goes upstream: the client's bytes, unless the model's name or a setting changes them.</summary>
internal sealed class InteractionPlan : IDisposable
{
    private const string Agents = "agents/";
    private readonly PooledBuffer? edited;

    private InteractionPlan(string quotaModel, ReadOnlyMemory<byte> body, PooledBuffer? edited = null)
    {
        QuotaModel = quotaModel;
        Body = edited?.Written ?? body;
        this.edited = edited;
    }

    /// <summary>The model, or the agent, as quotas and filters know it.</summary>
    public string QuotaModel { get; }

    public ReadOnlyMemory<byte> Body { get; }

    /// <exception cref="ClientErrorException">The model is no name, or is filtered.</exception>
    public static InteractionPlan Of(InteractionHead head, ReadOnlyMemory<byte> body, ModelNames names, GatewaySettings settings)
    {
        if (head.Model is not { } name)
        {
            var agent = head.Agent!.StartsWith(Agents, StringComparison.Ordinal) ? head.Agent[Agents.Length..] : head.Agent;
            return new(Checked(Parse(agent), settings).QuotaModel, body);
        }

        var path = Parse(name);
        return path.Collection == "models" ? OfModel(path.Model, body, names, settings) : new(Checked(path, settings).QuotaModel, body);
    }

    public void Dispose() => edited?.Dispose();

    private static InteractionPlan OfModel(string name, ReadOnlyMemory<byte> body, ModelNames names, GatewaySettings settings)
    {
        var model = names.Split(name, settings);
        var buffer = new PooledBuffer(Limits.StreamChunkBytes, Limits.UpstreamBodyBytesMax);
        if (!InteractionEditor.TryEdit(body, ChatDefaults.Native(model, settings), buffer))
        {
            buffer.Dispose();
            buffer = null;
        }

        return new(model.Model, body, buffer);
    }

    // The name becomes one of the tables of quotas.
    private static GeminiPath Parse(string name) =>
        GeminiPath.TryParse(name.Contains('/', StringComparison.Ordinal) ? name : $"models/{name}", out var path) && path.Method is null
            ? path
            : throw new ClientErrorException(ClientError.InvalidRequest("model and agent are names of letters, digits, '-', '_' and '.', such as \"gemini-2.5-flash\".", "model"));

    private static GeminiPath Checked(GeminiPath path, GatewaySettings settings) =>
        settings.FilteredModels.Contains(path.QuotaModel) ? throw new ClientErrorException(ClientError.ModelNotFound(path.QuotaModel)) : path;
}
