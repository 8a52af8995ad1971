namespace GeminiBalance.Gateway.Settings;

/// <summary>A bucket of an object store, and how to write to it.</summary>
public sealed record ImageBucketSettings
{
    /// <summary>The store's address without the bucket; null: by region, where the store has such addresses.</summary>
    public Uri? Endpoint { get; init; }

    public string Region { get; init; } = "";

    public string Bucket { get; init; } = "";

    public Secret? AccessKey { get; init; }

    public Secret? SecretKey { get; init; }

    /// <summary>Where the bucket's objects can be read; null: its own address.</summary>
    public Uri? PublicUrl { get; init; }
}
