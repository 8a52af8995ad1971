using System.Collections.Concurrent;
using System.Globalization;
using System.Security.Cryptography;
using System.Text;
using System.Text.Json;
using System.Text.Json.Nodes;

namespace GeminiBalance.FakeGemini;

/// <summary>Uploads: begun and sent in pieces, or whole as multipart. The address of an upload needs no key, as upstream.</summary>
internal sealed class FakeUploads(ResourceShelf shelf)
{
    private const string UploadId = "upload_id";
    private static readonly TimeSpan Lifetime = TimeSpan.FromHours(48);
    private readonly ConcurrentDictionary<string, PendingUpload> pending = new(StringComparer.Ordinal);

    public static bool HasTicket(HttpRequest request) => request.Query.ContainsKey(UploadId);

    /// <summary>The status to answer with, the body, and the headers already set.</summary>
    public (int Status, JsonObject? Body, FakeError? Error) Answer(FakeCall call, string path)
    {
        var request = call.Context.Request;
        if (HasTicket(request))
        {
            return Continue(call);
        }

        var store = path.EndsWith(":uploadToFileSearchStore", StringComparison.Ordinal) ? path[..path.LastIndexOf(':')] : null;
        if (store is not null && shelf.Find(store, call.Key) is null)
        {
            return (0, null, new FakeError(403, "PERMISSION_DENIED", "You do not have permission to access the FileSearchStore or it may not exist."));
        }

        if (request.Headers["X-Goog-Upload-Protocol"] == "multipart" || request.Query["uploadType"] == "multipart")
        {
            var (metadata, type, content) = ReadMultipart(request.ContentType ?? "", call.Body);
            return Finish(new PendingUpload(call.Key, store, metadata, type) { Content = content });
        }

        var id = shelf.NewId() + "-ticket";
        pending[id] = new PendingUpload(call.Key, store, Parse(call.Body), request.Headers["X-Goog-Upload-Header-Content-Type"].ToString());
        var headers = call.Context.Response.Headers;
        headers["X-Goog-Upload-Status"] = "active";
        headers["X-Goog-Upload-Chunk-Granularity"] = "262144";
        headers["X-Goog-Upload-URL"] = $"{request.Scheme}://{request.Host}{request.Path}?{UploadId}={id}&upload_protocol=resumable";
        return (200, null, null);
    }

    public static JsonObject Parse(ReadOnlySpan<byte> body)
    {
        try
        {
            return body.Length == 0 ? [] : JsonNode.Parse(body) as JsonObject ?? [];
        }
        catch (JsonException)
        {
            return [];
        }
    }

    private (int Status, JsonObject? Body, FakeError? Error) Continue(FakeCall call)
    {
        var request = call.Context.Request;
        var headers = call.Context.Response.Headers;
        if (!pending.TryGetValue(request.Query[UploadId].ToString(), out var upload))
        {
            return (0, null, new FakeError(404, "NOT_FOUND", "Upload has already been terminated."));
        }

        var command = request.Headers["X-Goog-Upload-Command"].ToString();
        if (command.Contains("query", StringComparison.Ordinal))
        {
            headers["X-Goog-Upload-Status"] = "active";
            headers["X-Goog-Upload-Size-Received"] = upload.Content.Length.ToString(CultureInfo.InvariantCulture);
            return (200, null, null);
        }

        if (command.Contains("cancel", StringComparison.Ordinal))
        {
            pending.TryRemove(request.Query[UploadId].ToString(), out _);
            headers["X-Goog-Upload-Status"] = "cancelled";
            return (200, null, null);
        }

        if (!int.TryParse(request.Headers["X-Goog-Upload-Offset"], NumberStyles.None, CultureInfo.InvariantCulture, out var offset) || offset != upload.Content.Length)
        {
            return (0, null, FakeError.Invalid("Upload offset does not match the number of bytes received."));
        }

        upload.Content = [.. upload.Content, .. call.Body];
        if (!command.Contains("finalize", StringComparison.Ordinal))
        {
            headers["X-Goog-Upload-Status"] = "active";
            return (200, null, null);
        }

        pending.TryRemove(request.Query[UploadId].ToString(), out _);
        headers["X-Goog-Upload-Status"] = "final";
        return Finish(upload);
    }

    private (int Status, JsonObject? Body, FakeError? Error) Finish(PendingUpload upload)
    {
        if (upload.Store is { } store)
        {
            var id = shelf.NewId();
            var document = new JsonObject
            {
                ["name"] = $"{store}/documents/{id}", ["displayName"] = upload.Metadata["displayName"]?.DeepClone(), ["mimeType"] = upload.Type,
                ["sizeBytes"] = $"{upload.Content.Length}", ["createTime"] = shelf.Now, ["state"] = "STATE_ACTIVE",
            };
            shelf.Add($"{store}/documents/{id}", upload.Key, document);
            var operation = new JsonObject { ["name"] = $"{store}/upload/operations/{id}", ["done"] = true, ["response"] = new JsonObject { ["documentName"] = $"{store}/documents/{id}" } };
            shelf.Add($"{store}/upload/operations/{id}", upload.Key, operation);
            return (200, (JsonObject)operation.DeepClone(), null);
        }

        var asked = upload.Metadata["file"] as JsonObject ?? [];
        var name = asked["name"]?.GetValue<string>() ?? $"files/{shelf.NewId()}";
        if (shelf.Find(name, upload.Key) is not null)
        {
            return (0, null, new FakeError(409, "ALREADY_EXISTS", $"Resource {name} already exists."));
        }

        var file = MakeFile(name, asked["displayName"]?.GetValue<string>(), asked["mimeType"]?.GetValue<string>() ?? upload.Type, upload.Content);
        shelf.Add(name, upload.Key, file, Lifetime).Content = upload.Content;
        return (200, new JsonObject { ["file"] = file.DeepClone() }, null);
    }

    /// <summary>A file's description.</summary>
    public JsonObject MakeFile(string name, string? displayName, string mimeType, byte[] content)
    {
        var file = new JsonObject { ["name"] = name };
        if (displayName is not null)
        {
            file["displayName"] = displayName;
        }

        file["mimeType"] = mimeType;
        file["sizeBytes"] = $"{content.Length}";
        file["createTime"] = shelf.Now;
        file["updateTime"] = shelf.Now;
        file["expirationTime"] = ResourceShelf.Time(DateTimeOffset.Parse(shelf.Now, CultureInfo.InvariantCulture) + Lifetime);
        file["sha256Hash"] = Convert.ToBase64String(Encoding.ASCII.GetBytes(Convert.ToHexStringLower(SHA256.HashData(content))));
        file["uri"] = $"https://generativelanguage.googleapis.com/v1beta/{name}";
        file["state"] = "ACTIVE";
        file["source"] = "UPLOADED";
        return file;
    }

    private static (JsonObject Metadata, string Type, byte[] Content) ReadMultipart(string contentType, byte[] body)
    {
        var boundary = contentType[(contentType.IndexOf("boundary=", StringComparison.Ordinal) + "boundary=".Length)..].Split(';')[0].Trim('"', ' ');
        var mark = Encoding.ASCII.GetBytes("--" + boundary);
        var first = body.AsSpan().IndexOf(mark) + mark.Length;
        var second = first + body.AsSpan(first).IndexOf(mark);
        var end = body.AsSpan().LastIndexOf(mark);
        var (_, metadata) = Part(body.AsSpan(first, second - first));
        var (type, content) = Part(body.AsSpan(second + mark.Length, end - second - mark.Length));
        return (Parse(metadata), type, content.ToArray());
    }

    private static (string Type, byte[] Content) Part(ReadOnlySpan<byte> part)
    {
        var split = part.IndexOf("\r\n\r\n"u8);
        var type = Encoding.ASCII.GetString(part[..split]).Split("\r\n").FirstOrDefault(line => line.StartsWith("Content-Type:", StringComparison.OrdinalIgnoreCase));
        return (type?["Content-Type:".Length..].Trim() ?? "", part[(split + 4)..^2].ToArray());
    }
}
