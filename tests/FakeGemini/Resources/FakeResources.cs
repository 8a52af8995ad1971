using System.Globalization;
using System.Text.Json;
using System.Text.Json.Nodes;

namespace GeminiBalance.FakeGemini;

/// <summary>Files, caches, jobs and stores. Each belongs to the key that made it; to any other it is not there.</summary>
internal sealed class FakeResources
{
    private const string JsonType = "application/json; charset=UTF-8";
    private static readonly TimeSpan TokenLifetime = TimeSpan.FromMinutes(30);
    private static readonly string[] Collections = ["files", "cachedContents", "batches", "fileSearchStores", "tunedModels", "auth_tokens"];
    private readonly ResourceShelf shelf;
    private readonly FakeUploads uploads;
    private readonly FakeJobs jobs;

    public FakeResources(AnswerIds ids, TimeProvider time)
    {
        shelf = new ResourceShelf(ids, time);
        uploads = new FakeUploads(shelf);
        jobs = new FakeJobs(shelf, uploads, new FakeBatchAnswers(ids));
    }

    public void Clear() => shelf.Clear();

    /// <summary>Whether a path is about a resource.</summary>
    public static bool Find(FakeCall call, string path)
    {
        var rest = path.StartsWith("openai/batches", StringComparison.Ordinal) ? path["openai/".Length..] : path;
        call.IsCompatible = rest.Length != path.Length;
        var isOurs = rest.StartsWith("upload/", StringComparison.Ordinal)
            || Array.Exists(Collections, collection => rest == collection || rest.StartsWith(collection + "/", StringComparison.Ordinal))
            || (rest.StartsWith("models/", StringComparison.Ordinal) && (rest.Contains("/operations/", StringComparison.Ordinal) || rest.EndsWith(":predictLongRunning", StringComparison.Ordinal)));
        if (isOurs)
        {
            call.ResourcePath = rest;
            call.Method = "resources";
        }

        return isOurs;
    }

    /// <summary>Whether the address of an upload stands in for a key.</summary>
    public static bool NeedsNoKey(FakeCall call) => call.ResourcePath?.StartsWith("upload/", StringComparison.Ordinal) == true && FakeUploads.HasTicket(call.Context.Request)
        && !call.Context.Request.Headers.ContainsKey("x-goog-api-key");

    /// <summary>Refuses a request that names what is not there for its key.</summary>
    public FakeError? Check(FakeCall call, JsonElement request)
    {
        foreach (var name in NamesIn(request))
        {
            if (shelf.Find(name, call.Key) is null)
            {
                return Missing(name);
            }
        }

        return null;
    }

    public JsonObject CreateBatch(FakeCall call, FakeModel model, JsonElement request) => jobs.CreateBatch(call.Key, model, request, embeds: call.Method == "asyncBatchEmbedContent");

    public async Task AnswerAsync(FakeCall call, AnswerBody output)
    {
        var path = call.ResourcePath!;
        if (path.StartsWith("upload/", StringComparison.Ordinal))
        {
            var (status, body, error) = uploads.Answer(call, path["upload/".Length..]);
            await (error is not null ? RefuseAsync(call, output, error)
                : body is null ? output.SendAsync(status, "text/plain; charset=utf-8", default) : SendAsync(output, body));
            return;
        }

        if (path.EndsWith(":download", StringComparison.Ordinal))
        {
            await DownloadAsync(call, output, path[..path.LastIndexOf(':')]);
            return;
        }

        var (answer, refusal) = Answer(call, path);
        await (refusal is not null ? RefuseAsync(call, output, refusal) : SendAsync(output, answer!));
    }

    private (JsonObject? Answer, FakeError? Error) Answer(FakeCall call, string path)
    {
        var request = call.Context.Request;
        using var document = JsonDocument.Parse(call.Body.Length == 0 ? "{}"u8.ToArray() : call.Body);
        var colon = path.LastIndexOf(':');
        var name = colon < 0 ? path : path[..colon];
        if (path.EndsWith(":predictLongRunning", StringComparison.Ordinal))
        {
            return (jobs.CreateVideo(call.Key, name["models/".Length..]), null);
        }

        if (!name.Contains('/', StringComparison.Ordinal) || name.EndsWith("/documents", StringComparison.Ordinal))
        {
            return HttpMethods.IsPost(request.Method) ? Create(call, name, document.RootElement) : (List(call, name), null);
        }

        if (shelf.Find(name, call.Key) is not { } resource)
        {
            return (null, Missing(name));
        }

        switch (request.Method, colon < 0 ? "" : path[(colon + 1)..])
        {
            case ("DELETE", ""):
                shelf.Remove(resource);
                return ([], null);
            case ("PATCH", ""):
                return (Patch(resource, document.RootElement), null);
            case ("POST", "cancel" or "delete"):
                resource.Json["done"] = true;
                (resource.Json["metadata"] as JsonObject)?["state"] = "BATCH_STATE_CANCELLED";
                return ([], null);
            case ("POST", "importFile"):
                return (new JsonObject { ["name"] = $"{name}/operations/{shelf.NewId()}", ["done"] = true }, shelf.Find(document.RootElement.Text("fileName") ?? "", call.Key) is null ? Missing("files/x") : null);
            case ("GET", ""):
                resource.Looked?.Invoke(resource);
                return ((JsonObject)resource.Json.DeepClone(), null);
            default:
                return (null, FakeErrors.Page404);
        }
    }

    private (JsonObject? Answer, FakeError? Error) Create(FakeCall call, string collection, JsonElement request)
    {
        switch (collection)
        {
            case "cachedContents" when Check(call, request) is { } refused:
                return (null, refused);
            case "cachedContents":
                var cache = new JsonObject
                {
                    ["name"] = $"cachedContents/{shelf.NewId()}", ["model"] = request.Text("model"), ["createTime"] = shelf.Now, ["updateTime"] = shelf.Now,
                    ["expireTime"] = "", ["displayName"] = request.Text("displayName") ?? "", ["usageMetadata"] = new JsonObject { ["totalTokenCount"] = PromptTokens.Of(request) },
                };
                return (Expire(shelf.Add((string)cache["name"]!, call.Key, cache), request), null);
            case "fileSearchStores":
                var name = $"fileSearchStores/{shelf.NewId()}";
                var store = new JsonObject { ["name"] = name, ["displayName"] = request.Text("displayName") ?? "", ["createTime"] = shelf.Now, ["updateTime"] = shelf.Now };
                return ((JsonObject)shelf.Add(name, call.Key, store).Json.DeepClone(), null);
            case "auth_tokens":
                return (CreateToken(call, request), null);
            case "batches" when call.IsCompatible:
                return shelf.Find(request.Text("input_file_id") ?? "", call.Key) is null
                    ? (null, Missing(request.Text("input_file_id") ?? ""))
                    : (jobs.CreateCompatibleBatch(call.Key, request), null);
            case "tunedModels":
                return (null, FakeErrors.Create(FakeErrorKind.AccessTokenTypeUnsupported, call));
            default:
                return (null, FakeErrors.Page404);
        }
    }

    private JsonObject CreateToken(FakeCall call, JsonElement request)
    {
        var name = $"auth_tokens/{shelf.NewId()}";
        var ends = request.Text("expireTime") is { } end ? DateTimeOffset.Parse(end, CultureInfo.InvariantCulture) : (DateTimeOffset?)null;
        var token = shelf.Add(name, call.Key, new JsonObject { ["name"] = name }, ends is null ? TokenLifetime : null);
        token.ExpiresAt = ends ?? token.ExpiresAt;
        token.Uses = request.TryGetProperty("uses", out var uses) ? uses.GetInt32() : 1;
        token.Model = request.TryGetProperty("bidiGenerateContentSetup", out var setup) ? setup.Text("model") : null;
        return (JsonObject)token.Json.DeepClone();
    }

    /// <summary>Spends one use of a Live token.</summary>
    /// <returns>The token, or null when it is not good (any more).</returns>
    public ShelvedResource? UseToken(string name)
    {
        var token = shelf.Find(name);
        return token is not null && token.TryUse() ? token : null;
    }

    private JsonObject Expire(ShelvedResource cache, JsonElement request)
    {
        var ttl = request.Text("ttl") is { } text ? double.Parse(text.TrimEnd('s'), CultureInfo.InvariantCulture) : 3600;
        cache.ExpiresAt = request.Text("expireTime") is { } end
            ? DateTimeOffset.Parse(end, CultureInfo.InvariantCulture)
            : DateTimeOffset.Parse(shelf.Now, CultureInfo.InvariantCulture).AddSeconds(ttl);
        cache.Json["expireTime"] = ResourceShelf.Time(cache.ExpiresAt.Value);
        return (JsonObject)cache.Json.DeepClone();
    }

    private JsonObject Patch(ShelvedResource resource, JsonElement request)
    {
        resource.Json["updateTime"] = shelf.Now;
        return Expire(resource, request);
    }

    private JsonObject List(FakeCall call, string name) => shelf.Page(
        name + "/", call.Key, call.IsCompatible ? "data" : name.EndsWith("/documents", StringComparison.Ordinal) ? "documents" : name == "batches" ? "operations" : name,
        call.Context.Request.Query);

    private async Task DownloadAsync(FakeCall call, AnswerBody output, string name)
    {
        if (shelf.Find(name, call.Key) is not { } file)
        {
            await RefuseAsync(call, output, Missing(name));
        }
        else if (!file.IsDownloadable)
        {
            await RefuseAsync(call, output, FakeError.Invalid("Only generated files can be downloaded."));
        }
        else
        {
            // Ranges of one form only: from a byte to the end, or to another.
            var range = call.Context.Request.Headers.Range.ToString();
            var bounds = range.StartsWith("bytes=", StringComparison.Ordinal) ? range["bytes=".Length..].Split('-') : null;
            var from = bounds is null ? 0 : int.Parse(bounds[0], CultureInfo.InvariantCulture);
            var to = bounds is { Length: 2 } && bounds[1].Length > 0 ? int.Parse(bounds[1], CultureInfo.InvariantCulture) + 1 : file.Content.Length;
            call.Context.Response.Headers.AcceptRanges = "bytes";
            if (bounds is not null)
            {
                call.Context.Response.Headers.ContentRange = $"bytes {from}-{to - 1}/{file.Content.Length}";
            }

            await output.SendAsync(bounds is null ? 200 : 206, file.Json["mimeType"]!.GetValue<string>(), file.Content.AsMemory(from, to - from));
        }
    }

    private static IEnumerable<string> NamesIn(JsonElement element) => element.ValueKind switch
    {
        JsonValueKind.Array => element.EnumerateArray().SelectMany(NamesIn),
        JsonValueKind.Object => element.EnumerateObject().SelectMany(member => member.Value.ValueKind == JsonValueKind.String && IsReference(member.Name)
            ? NameOf(member.Value.GetString()!)
            : member.Name is "fileSearchStoreNames" or "file_search_store_names" ? member.Value.EnumerateArray().Select(item => item.GetString()!) : NamesIn(member.Value)),
        _ => [],
    };

    private static bool IsReference(string name) => name is "fileUri" or "file_uri" or "cachedContent" or "cached_content" or "fileName" or "file_name";

    private static IEnumerable<string> NameOf(string text)
    {
        var name = text.StartsWith("https://generativelanguage.googleapis.com/", StringComparison.Ordinal) ? text[(text.IndexOf("/v1beta/", StringComparison.Ordinal) + 8)..] : text;
        return name.StartsWith("files/", StringComparison.Ordinal) || name.StartsWith("cachedContents/", StringComparison.Ordinal) ? [name] : [];
    }

    private static FakeError Missing(string name) =>
        name.StartsWith("files/", StringComparison.Ordinal)
            ? new(403, "PERMISSION_DENIED", $"You do not have permission to access the File {name["files/".Length..]} or it may not exist.")
            : name.StartsWith("cachedContents/", StringComparison.Ordinal) ? new(403, "PERMISSION_DENIED", "CachedContent not found (or permission denied)")
            : new(404, "NOT_FOUND", $"{name} was not found.");

    private static Task SendAsync(AnswerBody output, JsonObject body) => output.SendAsync(200, JsonType, GoogleJson.Pretty(writer => body.WriteTo(writer)));

    private static Task RefuseAsync(FakeCall call, AnswerBody output, FakeError error) =>
        output.SendAsync(error.Status, error.IsPage ? "text/html; charset=UTF-8" : JsonType, error.ToBytes(call.IsCompatible));
}
