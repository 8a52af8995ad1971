using System.Buffers;
using System.Text.Json;
using GeminiBalance.Gateway.Authentication;
using GeminiBalance.Gateway.Settings;
using GeminiBalance.Gateway.Streaming;
using GeminiBalance.Protocol.GeminiToOpenAI;

namespace GeminiBalance.Gateway.Endpoints;

/// <summary>GET <c>models</c> and <c>models/{id}</c> in Google's own shape: the upstream's bytes, less the models that are filtered.</summary>
internal sealed class GeminiModelsEndpoint(UpstreamPages pages, ISettingsSource settings)
{
    public async Task ListAsync(HttpContext context)
    {
        var filtered = settings.Current.FilteredModels;
        var page = await pages.GetAsync("models", context.Request.QueryString.Value, ClientIdentity.Of(context).ClientId, context.RequestAborted);
        await WriteAsync(context, page, "models", page.Result.Failure is null && filtered.Count > 0 ? Without(filtered, page.Body) : page.Body);
    }

    public async Task GetAsync(HttpContext context, GeminiPath path)
    {
        if (settings.Current.FilteredModels.Contains(path.QuotaModel))
        {
            await ErrorAnswers.WriteAsync(context, Face.Google, ClientError.ModelNotFound(path.QuotaModel));
            return;
        }

        var page = await pages.GetAsync(
            $"{path.Collection}/{path.Model}", context.Request.QueryString.Value, ClientIdentity.Of(context).ClientId, context.RequestAborted);
        await WriteAsync(context, page, path.QuotaModel, page.Body);
    }

    private static Task WriteAsync(HttpContext context, UpstreamPage page, string model, ReadOnlyMemory<byte> body)
    {
        if (page.Result.Failure is not null)
        {
            return CallFailureAnswer.WriteNativeAsync(context, Face.Google, page.Result, model, asArray: false);
        }

        AnswerHeaders.SetCall(context.Response, page.Result.Attempts, page.Result.KeyId);
        context.Response.ContentType = page.ContentType;
        context.Response.ContentLength = body.Length;
        return context.Response.BodyWriter.WriteAsync(body, context.RequestAborted).AsTask();
    }

    // Every member stays as it is, unknown ones included; only entries of the list go.
    private static ReadOnlyMemory<byte> Without(IReadOnlySet<string> filtered, byte[] body)
    {
        using var document = JsonDocument.Parse(body);
        if (document.RootElement.ValueKind != JsonValueKind.Object || !document.RootElement.TryGetProperty("models"u8, out var models)
            || models.ValueKind != JsonValueKind.Array || !models.EnumerateArray().Any(model => IsFiltered(model, filtered)))
        {
            return body;
        }

        var buffer = new ArrayBufferWriter<byte>(body.Length);
        using var json = new Utf8JsonWriter(buffer);
        json.WriteStartObject();
        foreach (var member in document.RootElement.EnumerateObject())
        {
            json.WritePropertyName(member.Name);
            if (!member.NameEquals("models"u8))
            {
                json.WriteRawValue(member.Value.GetRawText(), skipInputValidation: true);
                continue;
            }

            json.WriteStartArray();
            foreach (var model in member.Value.EnumerateArray().Where(model => !IsFiltered(model, filtered)))
            {
                json.WriteRawValue(model.GetRawText(), skipInputValidation: true);
            }

            json.WriteEndArray();
        }

        json.WriteEndObject();
        json.Flush();
        return buffer.WrittenMemory;
    }

    private static bool IsFiltered(JsonElement model, IReadOnlySet<string> filtered) =>
        model.ValueKind == JsonValueKind.Object && model.TryGetProperty("name"u8, out var name) && name.ValueKind == JsonValueKind.String
        && filtered.Contains(ModelListTranslator.IdOf(name.GetString()!));
}
