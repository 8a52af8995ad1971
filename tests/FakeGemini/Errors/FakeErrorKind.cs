namespace GeminiBalance.FakeGemini;

/// <summary>Errors the real API gives, each with its real body.</summary>
public enum FakeErrorKind
{
    /// <summary>400 with reason API_KEY_INVALID.</summary>
    ApiKeyInvalid = 1,

    /// <summary>400, API key expired.</summary>
    ApiKeyExpired,

    /// <summary>400 FAILED_PRECONDITION, User location is not supported.</summary>
    LocationUnsupported,

    /// <summary>400 INVALID_ARGUMENT without a reason.</summary>
    InvalidArgument,

    /// <summary>401 with reason ACCESS_TOKEN_TYPE_UNSUPPORTED.</summary>
    AccessTokenTypeUnsupported,

    /// <summary>402, prepayment credits are depleted.</summary>
    PrepayDepleted,

    /// <summary>403 without a credential.</summary>
    UnregisteredCaller,

    /// <summary>403 with reason CONSUMER_SUSPENDED; its message carries the key.</summary>
    ConsumerSuspended,

    /// <summary>403, reported as leaked, without details.</summary>
    KeyLeaked,

    /// <summary>403 with reason SERVICE_DISABLED.</summary>
    ServiceDisabled,

    /// <summary>403 with reason API_KEY_SERVICE_BLOCKED.</summary>
    ServiceBlocked,

    /// <summary>403 without details.</summary>
    PermissionDenied,

    /// <summary>404, no such model.</summary>
    ModelNotFound,

    /// <summary>413, an HTML page of the front end.</summary>
    TooLarge,

    /// <summary>429 for requests per minute.</summary>
    RequestsPerMinute,

    /// <summary>429 for input tokens per minute.</summary>
    TokensPerMinute,

    /// <summary>429 for requests per day.</summary>
    RequestsPerDay,

    /// <summary>429 with a quota of zero.</summary>
    QuotaZero,

    /// <summary>429 without details.</summary>
    ExhaustedBare,

    /// <summary>499 CANCELLED.</summary>
    Cancelled,

    /// <summary>500 INTERNAL.</summary>
    Internal,

    /// <summary>502, an HTML page of the front end.</summary>
    BadGateway,

    /// <summary>503, the model is overloaded.</summary>
    Overloaded,

    /// <summary>504 DEADLINE_EXCEEDED.</summary>
    DeadlineExceeded,
}
