using GeminiBalance.Gateway.Endpoints;

namespace GeminiBalance.Gateway.Resources;

/// <summary>How requests for resources are refused, as the upstream would.</summary>
internal static class ResourceErrors
{
    /// <summary>Of a name that is not there, or another client's: which of the two is nobody's business.</summary>
    public static ClientError NotTheirs(ResourceName name)
    {
        var id = name.Root![(name.Root!.IndexOf('/', StringComparison.Ordinal) + 1)..];
        return ResourceCollection.Of(name.Collection).RefusalStatus == StatusCodes.Status404NotFound
            ? new(StatusCodes.Status404NotFound, "NOT_FOUND", "invalid_request_error", "resource_not_found", $"{name.Root} was not found.")
            : new(
                StatusCodes.Status403Forbidden, "PERMISSION_DENIED", "invalid_request_error", "resource_not_found",
                name.Collection == ResourceCollection.Files
                    ? $"You do not have permission to access the File {id} or it may not exist."
                    : $"{name.Root} was not found (or permission denied).");
    }

    public static ClientError DifferentKeys(string one, string other) => ClientError.InvalidRequest(
        $"The request names {one} and {other}, which were stored with different API keys of this gateway; one call can use one key. "
        + "Create them again shortly after one another: what a client creates within two minutes is stored with one key.",
        code: "resources_of_different_keys");

    /// <summary>In OpenAI's words: of an id that is not there, or another client's.</summary>
    public static ClientError NoSuch(string collection, string id) => new(
        StatusCodes.Status404NotFound, "NOT_FOUND", "invalid_request_error", "resource_not_found",
        $"No such {(collection == ResourceCollection.Files ? "File object" : "Batch object")}: {id}.", "id");

    public static ClientError NotDownloadable() => ClientError.InvalidRequest(
        "The upstream gives back only files that it has made itself, such as the output of a batch. What was uploaded can be named in requests and deleted, not read.",
        "id", "not_downloadable");

    public static ClientError BadPageToken() => ClientError.InvalidRequest("pageToken is none that this list has given.");

    public static ClientError UploadOver() => new(
        StatusCodes.Status404NotFound, "NOT_FOUND", "invalid_request_error", "upload_not_found",
        "There is no such upload, or it is over. Start a new one.");

    public static ClientError UploadTooLarge() => new(
        StatusCodes.Status413PayloadTooLarge, "INVALID_ARGUMENT", "invalid_request_error", "request_too_large",
        $"The upload is larger than {Limits.UploadBytesMax / (1024 * 1024)} MB.");
}
